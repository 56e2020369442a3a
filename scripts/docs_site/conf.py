"""Sphinx' settings for the docs site; `scripts/build_site.py` says what it is built of."""

from pathlib import Path

from sheetrecord import __version__

project = "sheetrecord"
author = "The sheetrecord authors"
project_copyright = "The sheetrecord authors, MIT licence"
version = release = __version__
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.header"]  # the generated pages begin below their own heading

html_theme = "furo"
html_title = "sheetrecord"
html_static_path = [str(Path(__file__).parent / "static")]
html_css_files = ["sheetrecord.css"]
html_js_files = ["sheetrecord.js"]
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
html_show_search_summary = False  # a page opened as a file may not read its neighbours
html_last_updated_fmt = None
html_use_index = False
html_domain_indices = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
