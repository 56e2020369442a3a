"""The one-page handover brief of a deal: what it says, as HTML and as Markdown."""
