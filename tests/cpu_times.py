"""What each test costs in CPU seconds, with the programs that it ran: `scripts/test.py --slowest`.

Wall time says little on a busy machine. A fixture of a file or session counts for the test that
first asked for it.
"""

import os
from collections import Counter
from collections.abc import Generator
from typing import Final

import pytest

SHOWN: Final = 40
"""Lines told of tests, and of files."""


def cpu() -> float:
    """Return this process's CPU seconds so far, with those of all children that have ended."""
    return sum(os.times()[:4])


class CpuTimes:
    """A plugin of pytest, for the process that runs tests and the one that is told of them."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        """CPU seconds by the test's id."""
        self._last = cpu()

    def pytest_collection_finish(self) -> None:
        """Begin to count: reading the tests in is no test's."""
        self._last = cpu()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Give each phase's report what was spent since the last one."""
        report = yield
        now = cpu()
        report.user_properties.append(("cpu", now - self._last))
        self._last = now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up the phases of each test; those of workers come here, too."""
        self.spent[report.nodeid] += sum(s for name, s in report.user_properties if name == "cpu")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell the dearest tests and files, and what all cost."""
        files: Counter[str] = Counter()
        for test, seconds in self.spent.items():
            files[test.partition("::")[0]] += seconds
        for title, table in (("tests", self.spent), ("files", files)):
            terminalreporter.section(f"CPU seconds of {title}")
            for name, seconds in table.most_common(SHOWN):
                terminalreporter.write_line(f"{seconds:8.2f} {name}")
        terminalreporter.write_line(f"{self.spent.total():8.2f} in all")
