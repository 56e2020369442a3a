"""How much a deal asks of the rep: sentences, words and picks by stage, for each template.

    python scripts/burden.py

Everything that an empty deal is asked for by an error or a warning is counted at the stage that
first asks it. A question of Context or Commitments is a sentence, or a word where "none" alone
settles it, which is tried; a cell of Deal is a pick, a name, a number or a link. Exits with 1 when
a deal of a template is asked for more than twelve sentences, or for more than seven at one stage.
"""

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from failure_cases.cases import TRADES
from failure_cases.template import SALE, Template, Typed, template
from failure_cases.trial import Trial

STAGES: Final = ("talking", "proposal", "verbal", "won")
MOST: Final = 12
MOST_AT_ONCE: Final = 7
_SECONDS: Final = {"sentence": 25, "word": 5, "cell": 6}
"""What one costs who knows the answer and types as most people do."""


def asked(form: Template, folder: Path) -> dict[str, Counter[str]]:
    """Return, by stage, how many of each sort it is the first to ask."""
    trial, seen = Trial(folder), set()
    found: dict[str, Counter[str]] = {}
    for stage in STAGES:
        given = {
            "client": "Acme",
            "deal_name": "Rollout",
            "deal_owner": "Ines",
            "stage": form.label("stage", stage),
            "fee_model": form.label("fee_model", "fixed"),
        }
        typed: Typed = {("Deal", 4, key): cell for key, cell in given.items()}
        trial.book.write_bytes(form.typed(typed))
        counted: Counter[str] = Counter()
        for problem in trial.problems("--asof", SALE):
            place = problem["sheet"], problem["cell"], problem["message"]
            if problem["severity"] == "note" or place in seen:
                continue
            seen.add(place)
            counted[_sort(trial, form, typed, problem)] += 1
        found[stage] = counted
    return found


def _sort(trial: Trial, form: Template, typed: Typed, problem: dict[str, Any]) -> str:
    """Tell what a question costs: a sentence, a word, or a cell of the deal."""
    keys = {place.title: key for key, place in form.layout.sheets.items()}
    sheet, code = keys[problem["sheet"]], problem["code"]
    if sheet == "Deal" and not code.startswith(("CTX", "COM")):
        return "cell"
    if code in {"CTX-010", "CTX-011"}:
        return "cell"
    row = int("".join(filter(str.isdigit, problem["cell"])) or 0)
    answer = {"Context": "answer", "Commitments": "what"}.get(sheet)
    if answer is None:
        return "sentence"
    told: Typed = {**typed, (sheet, row, answer): "none"}
    return "word" if _settled(trial, form, told, problem) else "sentence"


def _settled(trial: Trial, form: Template, typed: Typed, problem: dict[str, Any]) -> bool:
    """Tell whether nothing is asked on a row any more once something is typed into it."""
    trial.book.write_bytes(form.typed(typed))
    said = trial.problems("--asof", SALE)
    return not any(one["row_id"] == problem["row_id"] and one["severity"] != "note" for one in said)


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
        at_once = max(counted["sentence"] for counted in found.values())
        too_many = too_many or total["sentence"] > MOST or at_once > MOST_AT_ONCE
    print('sentences + rows that "none" alone settles + cells of Deal, people among them')
    return int(too_many)


def _cell(counted: Counter[str]) -> str:
    return " + ".join(str(counted[sort]) for sort in ("sentence", "word", "cell"))


if __name__ == "__main__":
    sys.exit(main())
