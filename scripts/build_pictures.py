"""Makes the pictures of the view for README and docs, from the sample firm, in Chromium.

python scripts/build_pictures.py
"""

import base64
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from publish.browser import Browser
from publish.busy import ASOF, busy
from sheetrecord.core.view.audiences import OWNER
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.remembered import remember
from sheetrecord.publish.folder import put
from sheetrecord.publish.site import Provenance, Site, SiteContent

PICTURES = {
    "work-list.png": ("index.html", 1200, 760),
    "deal-page.png": ("deals/D-0007.html", 1100, 760),
    "money.png": ("money.html", 1200, 620),
}
_SCALE = 0.75


def main() -> None:
    """Write each picture into docs/images."""
    record = narrow(busy(60, 40), OWNER)
    was = remember(None, record, OWNER, ASOF)
    stamp = Provenance("Fenwick and Rowe.xlsx", "5f2c", "Mara")
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        put(site, list(Site(record, OWNER, stamp, {}, SiteContent(was=was)).pages()), "owner")
        browser = Browser(Path(name) / "profile")
        for picture, (page, width, height) in PICTURES.items():
            browser.open((site / page).as_uri(), width, height)
            clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": _SCALE}
            told = browser._call("Page.captureScreenshot", format="png", clip=clip)
            data = base64.b64decode(told["data"])
            (ROOT / "docs" / "images" / picture).write_bytes(data)
            print(f"{picture}: {len(data) / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
