"""The page in the browser: its words, its modules, and the whole of it in Chromium."""
