"""The docs site: the pages of `docs/` made ready for Sphinx, its settings, its colours."""
