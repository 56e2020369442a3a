"""How much a deal asks of the rep: sentences, words and picks by stage, for each template.

    python scripts/burden.py

Everything that an empty deal is asked for by an error or a warning is counted at the stage that
first asks it. A question of Context or Commitments is a sentence, or one word where most deals
have nothing to say (`WORDS`); a cell of Deal is a pick, a name, a number or a link. Exits with 1
when a typical deal of a template is asked for more than twelve sentences.
"""

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from failure_cases.cases import TRADES
from failure_cases.desk import Desk
from failure_cases.template import SALE, Template, template

STAGES: Final = ("talking", "proposal", "verbal", "won")
WORDS: Final = {"exclusion", "client_duty", "assumption", "supplier_term", "landmine"}
"""Questions that most deals answer with "none"."""

MOST: Final = 12
_SECONDS: Final = {"sentence": 25, "word": 5, "cell": 6}
"""What one costs who knows the answer and types as most people do."""


def asked(form: Template, folder: Path) -> dict[str, Counter[str]]:
    """Return, by stage, how many of each sort it is the first to ask."""
    desk, seen = Desk(folder), set()
    found: dict[str, Counter[str]] = {}
    for stage in STAGES:
        given = {
            "client": "Acme",
            "deal_name": "Rollout",
            "deal_owner": "Ines",
            "stage": form.label("stage", stage),
            "fee_model": form.label("fee_model", "fixed"),
        }
        desk.book.write_bytes(form.typed({("Deal", 4, key): cell for key, cell in given.items()}))
        counted: Counter[str] = Counter()
        for problem in desk.problems("--asof", SALE):
            place = problem["sheet"], problem["cell"], problem["message"]
            if problem["severity"] == "note" or place in seen:
                continue
            seen.add(place)
            counted[_sort(form, problem)] += 1
        found[stage] = counted
    return found


def _sort(form: Template, problem: dict[str, object]) -> str:
    """Tell what a question costs: a sentence, a word, or a cell of the deal."""
    title, deal = str(problem["sheet"]), form.layout.sheets["Deal"].title
    code = str(problem["code"])
    if title == deal and not code.startswith(("CTX", "COM")):
        return "cell"
    if code in {"CTX-010", "CTX-011"}:
        return "cell"
    digits = "".join(filter(str.isdigit, str(problem["cell"])))
    kinds = {
        row: place.partition(".")[2]
        for place, rows in form.ready.items()
        for row in rows
        if form.layout.sheets[place.partition(".")[0]].title == title
    }
    return "word" if kinds.get(int(digits or 0), "") in WORDS else "sentence"


def main() -> int:
    """Print the table; return the exit code."""
    print(
        f"{'':14}" + "".join(f"{stage:>22}" for stage in STAGES) + f"{'in all':>22}{'minutes':>9}"
    )
    too_many = False
    for trade in TRADES:
        with TemporaryDirectory() as folder:
            found = asked(template(trade), Path(folder))
        total = sum(found.values(), Counter())
        cells = [_cell(found[stage]) for stage in STAGES] + [_cell(total)]
        minutes = sum(_SECONDS[sort] * count for sort, count in total.items()) / 60
        print(f"{trade:14}" + "".join(f"{cell:>22}" for cell in cells) + f"{minutes:9.1f}")
        too_many = too_many or total["sentence"] > MOST
    print("sentences + words + cells of Deal, people among them")
    return int(too_many)


def _cell(counted: Counter[str]) -> str:
    return " + ".join(str(counted[sort]) for sort in ("sentence", "word", "cell"))


if __name__ == "__main__":
    sys.exit(main())
