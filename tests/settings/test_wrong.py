"""A wrong settings file is refused, all at once, each mistake with its line and what was meant."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from settings.wrong import SECRETS, TOML, WRONG

Run = Callable[..., Ran]


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=list(WRONG))
def test_a_mistake_is_said_with_its_line(run: Run, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "sheetrecord.toml"
    path.write_text(text, "utf-8")
    ran = run("validate")
    said = says.replace("{secrets}", SECRETS).replace("{toml}", TOML)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"sheetrecord: {path}:{said}\n"
    assert "geheim" not in ran.err.replace("ge/heim", "geheim")


def test_every_mistake_is_said_at_once_from_top_to_bottom(run: Run, tmp_path: Path) -> None:
    texts = [
        text
        for name, (text, _) in WRONG.items()
        if name in ("a stage that is none", "a rule that is none", "a currency")
    ]
    path = tmp_path / "sheetrecord.toml"
    path.write_text("\n".join(texts), "utf-8")
    lines = run("validate").err.removeprefix("sheetrecord: ").splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "6", "9"]


def test_what_is_wrong_is_not_used_even_in_part(run: Run, tmp_path: Path) -> None:
    run("new", "firm.xlsx")
    (tmp_path / "sheetrecord.toml").write_text('book = "firm.xlsx"\n[severty]\n')
    assert run("validate").code == 2
    (tmp_path / "sheetrecord.toml").write_text('book = "firm.xlsx"\n[severity]\n')
    assert run("validate").code in (0, 1)


def test_an_editor_of_windows_may_save_it(run: Run, tmp_path: Path) -> None:
    run("new", "firm.xlsx")
    text = '\ufeffbook = "firm.xlsx"\r\n[severity]\r\nCTX-009 = "note"\r\n'
    (tmp_path / "sheetrecord.toml").write_bytes(text.encode())
    assert run("validate").code in (0, 1)
    (tmp_path / "sheetrecord.toml").write_bytes(text.replace("note", "nota").encode())
    assert 'sheetrecord.toml:3: [severity] CTX-009: "nota"' in run("validate").err
    (tmp_path / "sheetrecord.toml").write_bytes('book = "f"\n# für\n'.encode("cp1252"))
    assert (
        "sheetrecord.toml:2: it is not valid TOML: a character is not UTF-8" in run("validate").err
    )


def test_a_file_full_of_mistakes_is_told_of_in_moments(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sheetrecord.toml"
    path.write_text("".join(f"[copies.c{n}]\npath = {n}\nhde = []\n" for n in range(2_000)))
    ran = run("validate")
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert lines[0].startswith(f"sheetrecord: {path}:2: [copies.c0] path: 0 is not a text.")
    assert lines[-1] == f"{path}: 3960 more mistakes. Mend these first."


@pytest.mark.parametrize("depth", [100, 500, 5_000])
def test_a_file_that_nests_is_refused(run: Run, tmp_path: Path, depth: int) -> None:
    (tmp_path / "sheetrecord.toml").write_text(f"book = {'[' * depth}{']' * depth}\n")
    assert run("validate").code == 2


def test_a_file_that_is_too_large_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sheetrecord.toml").write_text("#" * (1 << 21))
    ran = run("validate")
    assert (ran.code, "larger than a settings file is" in ran.err) == (2, True)


def test_what_stands_in_place_of_the_file_is_not_passed_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sheetrecord.toml").mkdir()
    assert run("validate").code == 3
    (tmp_path / "sheetrecord.toml").rmdir()
    (tmp_path / "sheetrecord.toml").symlink_to("gone.toml")
    ran = run("validate")
    assert (ran.code, "sheetrecord.toml" in ran.err) == (3, True)
