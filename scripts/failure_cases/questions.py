"""Which question a problem puts: the one for a kind, a type, a column, or a rule's own."""

from collections import Counter
from typing import Any

from failure_cases.template import LISTS, Template


class Questions:
    """Compares problems of `validate` with the places whose answer they ask for."""

    def __init__(self, form: Template, row: int) -> None:
        self.form, self.row = form, row
        prompts = form.settings.prompts
        self.codes = {prompt.kind: prompt.code for prompt in prompts}
        self.shared = Counter(prompt.code for prompt in prompts)

    def name(self, problem: dict[str, Any], question: str) -> bool:
        """Tell whether a problem asks a question: a place, or the code of a rule."""
        sheet, _, key = question.partition(".")
        if not key:
            return bool(problem["code"] == question)
        if sheet == "Deal":
            return bool(problem["sheet"] == self._title(sheet) and problem["column"] == key)
        if sheet == "Fees":
            return self._on(problem, sheet, [self.row])
        return self._of_rows(problem, sheet, key)

    def _of_rows(self, problem: dict[str, Any], sheet: str, key: str) -> bool:
        """Tell whether a problem is on the row that waits for the answer, or names its kind."""
        if key.startswith("stakeholder"):
            return False  # rules about people are named by their codes
        if self._on(problem, sheet, self.form.ready.get(f"{sheet}.{key}", [])):
            return True
        named = self.form.label(LISTS[sheet], key).casefold() in problem["message"].casefold()
        if sheet == "Context":
            code = self.codes.get(key, "")
            return problem["code"] == code and (self.shared[code] == 1 or named)
        return named and problem["code"].startswith("COM-")

    def _on(self, problem: dict[str, Any], sheet: str, rows: list[int]) -> bool:
        row = int("".join(filter(str.isdigit, problem["cell"])) or 0)
        return problem["sheet"] == self._title(sheet) and row in rows

    def _title(self, sheet: str) -> str:
        return self.form.layout.sheets[sheet].title
