"""A workbook in a git repository: merged by our driver, shown by our text, with the real git."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from merge.files import Change, put
from messy.firm import edited, workbook

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

COMMAND = f'"{sys.executable}" -m sheetrecord'


class Repository:
    """A folder under git with one workbook."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.book = folder, folder / "firm.xlsx"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder.parent),
            "XDG_STATE_HOME": str(folder.parent / "state"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.git("init", "-q", "-b", "main")
        for name, value in (
            ("user.name", "Ana"),
            ("user.email", "ana@example.org"),
            ("merge.sheetrecord.name", "sheetrecord workbook merge"),
            ("merge.sheetrecord.driver", f"{COMMAND} merge %O %A %B -o %A"),
            ("diff.sheetrecord.textconv", f"{COMMAND} textconv"),
        ):
            self.git("config", name, value)
        attributes = "*.xlsx merge=sheetrecord diff=sheetrecord\n"
        (folder / ".gitattributes").write_text(attributes, encoding="utf-8")

    def git(self, *words: str, code: int = 0) -> str:
        ran = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def commit(self, change: Change | None = None) -> None:
        data = workbook() if change is None else edited(self.book.read_bytes(), change)
        self.book.write_bytes(data)
        self.git("add", ".")
        self.git("commit", "-q", "-m", "work")

    def cell(self, sheet: str, ref: str) -> object:
        return load_workbook(self.book)[sheet][ref].value


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    folder = tmp_path / "repository"
    folder.mkdir()
    return Repository(folder)


def test_two_branches_that_changed_different_rows_merge_without_a_question(
    repository: Repository,
) -> None:
    repository.commit()
    repository.git("checkout", "-q", "-b", "side")
    repository.commit(put("Fees", 4, description="Deposit, mailed"))
    repository.git("checkout", "-q", "main")
    repository.commit(put("Fees", 5, description="Second half, agreed"))
    repository.git("merge", "-q", "--no-edit", "side")
    assert repository.cell("Fees", "E4") == "Deposit, mailed"
    assert repository.cell("Fees", "E5") == "Second half, agreed"
    assert repository.git("status", "--porcelain") == ""


def test_a_conflict_leaves_the_file_unmerged_until_it_is_resolved(repository: Repository) -> None:
    repository.commit()
    repository.git("checkout", "-q", "-b", "side")
    repository.commit(put("Fees", 4, description="theirs"))
    repository.git("checkout", "-q", "main")
    repository.commit(put("Fees", 4, description="ours"))
    told = repository.git("merge", "--no-edit", "side", code=1)
    assert "then: sheetrecord resolve the workbook" in told
    assert ".merge_file" not in told  # git's name for it is gone when somebody reads this
    assert repository.git("status", "--porcelain").startswith("UU firm.xlsx")
    assert repository.cell("Fees", "E4") == "ours"
    assert repository.cell("Conflicts", "G4") == "theirs"
    subprocess.run(
        [sys.executable, "-m", "sheetrecord", "resolve", "firm.xlsx", "--all", "theirs"],
        cwd=repository.folder,
        env=repository.environment,
        capture_output=True,
        check=True,
    )
    repository.git("add", "firm.xlsx")
    repository.git("commit", "-q", "--no-edit")
    assert repository.cell("Fees", "E4") == "theirs"


def test_a_damaged_copy_leaves_ours_as_it_was(repository: Repository) -> None:
    repository.commit()
    repository.git("checkout", "-q", "-b", "side")
    repository.commit(lambda book: book["Fees"].delete_rows(4, 2))
    repository.git("checkout", "-q", "main")
    repository.commit(put("Fees", 4, description="ours"))
    before = repository.book.read_bytes()
    repository.git("merge", "--no-edit", "side", code=1)
    assert repository.book.read_bytes() == before
    assert repository.git("status", "--porcelain").startswith("UU firm.xlsx")


def test_a_workbook_that_both_branches_added_keeps_the_rows_of_both(
    repository: Repository,
) -> None:
    repository.git("add", ".gitattributes")
    repository.git("commit", "-q", "-m", "start")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit()
    repository.commit(put("Fees", 6, deal_id="D-0001", description="theirs", net=1))
    repository.git("checkout", "-q", "main")
    repository.commit()
    repository.commit(put("Fees", 7, deal_id="D-0001", description="ours", net=2))
    repository.git("merge", "-q", "--no-edit", "side")
    assert [repository.cell("Fees", f"E{row}") for row in (6, 7)] == ["theirs", "ours"]


def test_git_diff_shows_the_changed_row(repository: Repository) -> None:
    repository.commit()
    repository.commit(put("Fees", 4, description="Deposit, mailed"))
    shown = repository.git("diff", "HEAD~1", "HEAD")
    lines = [line for line in shown.splitlines() if line[:1] in "+-" and "F-KSAA9" in line]
    assert len(lines) == 2
    assert "Deposit, mailed" in lines[1]
