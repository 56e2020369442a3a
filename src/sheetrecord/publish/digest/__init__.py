"""The digest of some days: one content, as a page, a mail or a text."""
