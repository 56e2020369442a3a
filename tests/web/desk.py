"""The page in a browser, and the folder behind it, as a test uses them."""

from web.axe import axe
from web.page_browser import BEGINNING, PageBrowser
from web.served import Site


class Desk:
    """The page in a browser, and the folder behind it."""

    def __init__(self, site: Site, browser: PageBrowser) -> None:
        self.site, self.browser = site, browser

    def begin(self) -> PageBrowser:
        """Return the page without a workbook; the engine goes on where it was."""
        browser = self.browser
        if not self.here():
            self.open()
        elif browser.ask("!!document.querySelector('[data-key=other]')"):
            browser.ask("globalThis.confirm = () => true; 0")
            browser.click("other")
        elif not browser.ask("!!document.querySelector('[data-key=choose]')"):
            self.open()
        return browser

    def here(self) -> bool:
        """Tell whether the browser shows this page, and not one beside a workbook or a service."""
        return bool(self.browser.ask("location.href") == f"{self.site.origin}/")

    def open(self) -> None:
        """Load it, and wait until something can be dropped."""
        self.browser.open(f"{self.site.origin}/")
        ready = "document.querySelector('.drop') && !document.querySelector('#late')"
        self.browser.until(ready, BEGINNING)

    def look(self) -> None:
        """Look over what is shown now: nobody is shut out, and nothing is over the edge."""
        assert self.browser.faults(axe()) == []

    def silent(self) -> None:
        """Only the page's own folder was asked for anything, and its policy was kept."""
        asked = [one for one in self.browser.requests if not one.startswith(("blob:", "data:"))]
        assert [one for one in asked if not one.startswith(f"{self.site.origin}/")] == []
        assert self.browser.ask("globalThis.broken") == []
