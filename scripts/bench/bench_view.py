"""What the work list costs a reader: bytes, nodes, the first drawing and a filter, in Chromium.

    python scripts/bench/bench_view.py [LIVE...]

The firm is made in memory (`tests/publish/busy.py`); times are milliseconds of the page's script.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from publish.browser import Browser
from publish.busy import busy
from sheetrecord.core.view.audiences import OPS
from sheetrecord.core.view.projection import narrow
from sheetrecord.publish.folder import put
from sheetrecord.publish.site import Provenance, Site

FILTER = """(() => {
  const times = [];
  for (const hash of ["show=now", "lead=Lea+Brandt", "sort=-money", "group=client", ""]) {
    const start = performance.now();
    history.replaceState(null, "", "#" + (hash || "all"));
    dispatchEvent(new HashChangeEvent("hashchange"));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return Math.max(...times);
})()"""


def main() -> None:
    """Print a line for each size."""
    print(f"{'live':>6}{'index kB':>10}{'list kB':>9}{'nodes':>7}{'drawn ms':>10}{'filter ms':>11}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        browser = Browser(folder / "profile")
        for live in [int(word) for word in sys.argv[1:]] or [60, 600, 5_000]:
            site = folder / str(live)
            made = Site(narrow(busy(live), OPS), OPS, Provenance("firm.xlsx", "r", "A"), {})
            put(site, list(made.pages()), "ops")
            browser.open((site / "index.html").as_uri(), 1440, 900)
            drawn = browser.ask("performance.getEntriesByType('navigation')[0].domComplete")
            nodes = browser.ask("document.querySelectorAll('*').length")
            slowest = browser.ask(FILTER)
            index, rows = (site / path for path in ("index.html", "data/list.js"))
            sizes = [path.stat().st_size / 1000 for path in (index, rows)]
            print(
                f"{live:>6}{sizes[0]:>10.0f}{sizes[1]:>9.0f}{nodes:>7}{drawn:>10.0f}{slowest:>11.0f}"
            )
        browser.close()


if __name__ == "__main__":
    main()
