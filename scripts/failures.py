"""Would the record have asked? Public failures between sale and delivery, entered as a rep would.

    python scripts/failures.py                        # all of them: some minutes
    python scripts/failures.py --trade agency
    python scripts/failures.py --only boot-logo --format json
    python scripts/failures.py --sources              # where each can be read

Each failure of `failure_cases/*.toml` becomes a workbook of its trade's template with one complete
deal. Once without the one fact that mattered, and `validate` is asked at the gates *proposal* and
*won*; once with it, and the deal is closed and accepted. What the program then prints decides:

- place: the fact has a kind, type or column of its own (partly: one meant for something else; no:
  only the deal's Note);
- asked: an error or warning asks for it as long as it is missing (partly: a note, a neighbouring
  question, or the question that any row of the sheet stills);
- page one: the handover brief for ops holds its words;
- followed up: something new about it is said in time: near its day; of a fact without a day, at any
  time after the handover until it was needed (partly: within six weeks after);
- finance: the finance view shows its words (partly: the bare amount). Only facts with an amount.

What a fact means, where such a fact belongs and which question asks for it stands in
`failure_cases/meanings.toml`, and may name places that no workbook has yet. Exits with 0.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from failure_cases.cases import TRADES, Failure, failures, meanings
from failure_cases.measure import measure
from failure_cases.table import lines, told


def main() -> None:
    """Measure the failures that were named and print what came of them."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--trade", action="append", choices=TRADES)
    words.add_argument("--only", action="append", default=[], metavar="ID")
    words.add_argument("--format", choices=("text", "json"), default="text")
    words.add_argument("--sources", action="store_true", help="list where each can be read")
    asked = words.parse_args()
    chosen = [
        one for one in failures(asked.trade or TRADES) if one.id in asked.only or not asked.only
    ]
    if asked.sources:
        print("\n".join(map(_source, chosen)))
        return
    known = meanings()
    verdicts = []
    for failure in chosen:
        print(f"{failure.trade}/{failure.id} ...", file=sys.stderr)
        verdicts.append(measure(failure, known[failure.fact.meaning]))
    if asked.format == "json":
        print(json.dumps(told(verdicts), ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(verdicts)))


def _source(failure: Failure) -> str:
    return f"{failure.trade}/{failure.id} ({failure.country}): {failure.source}\n  {failure.url}"


if __name__ == "__main__":
    main()
