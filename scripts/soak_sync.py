"""Play simulated offices against the sync engine: `soak_sync.py [STEPS [SEED]]`.

Prints how many worlds and engine steps held every law, or the smallest world that does not.
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from sync.driving import steps_of  # noqa: E402 - the tests are found by then


def main() -> None:
    """Play world after world until the engine has taken so many steps."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    first = seed = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    began, steps = time.process_time(), 0
    while steps < wanted:
        steps += steps_of(range(seed, seed + 1))
        seed += 1
        if seed % 500 == 0:
            spent = time.process_time() - began
            print(f"{seed - first} worlds, {steps} steps, {spent:.0f} CPU seconds", flush=True)
    spent = time.process_time() - began
    print(f"{seed - first} worlds, {steps} steps, {spent:.0f} CPU seconds: every law held")


if __name__ == "__main__":
    main()
