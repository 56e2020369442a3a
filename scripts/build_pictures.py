"""Makes the pictures of the view for README and docs, from the sample firm, in Chromium.

python scripts/build_pictures.py
"""

import sys
import tempfile
from pathlib import Path

from sheetrecord.core.view.audiences import OPS
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.remembered import remember
from sheetrecord.publish.folder import put
from sheetrecord.publish.site import Provenance, Site, SiteContent

ROOT = Path(__file__).parents[1]
PICTURES = {
    "work-list.png": ("index.html", 1280, 800),
    "deal-page.png": ("deals/D-0007.html", 1100, 760),
    "money.png": ("money.html", 1200, 620),
}
_SCALE = 0.75


def main() -> None:
    """Write each picture into docs/images."""
    sys.path.insert(0, str(ROOT / "tests"))
    from publish.browser import Browser
    from publish.busy import ASOF, busy

    record = narrow(busy(60, 40), OPS)
    was = remember(None, record, OPS, ASOF)
    stamp = Provenance("Fenwick and Rowe.xlsx", "5f2c", "Mara")
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        put(site, list(Site(record, OPS, stamp, {}, SiteContent(was=was)).pages()), "ops")
        browser = Browser(Path(name) / "profile")
        for picture, (page, width, height) in PICTURES.items():
            browser.open((site / page).as_uri(), width, height)
            data = browser.picture(width, height, _SCALE)
            (ROOT / "docs" / "images" / picture).write_bytes(data)
            print(f"{picture}: {len(data) / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
