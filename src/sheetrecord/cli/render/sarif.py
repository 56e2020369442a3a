"""SARIF 2.1.0, which code scanning dashboards read."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from sheetrecord import __version__
from sheetrecord.app.validate import Checked
from sheetrecord.cli.printing import as_json
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.rules.rule import RULES

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(checked: Sequence[Checked], *, notes: bool) -> str:
    """Return one run with a result for each problem; a cell is a logical location."""
    shown = [
        (one.address, problem)
        for one in checked
        for problem in one.report.problems
        if notes or problem.severity > Severity.NOTE
    ]
    codes = sorted({problem.code for _, problem in shown})
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "sheetrecord",
                        "version": __version__,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "results": [_result(path, problem, codes) for path, problem in shown],
            }
        ],
    }
    return as_json(log)


def _rule(code: str) -> dict[str, object]:
    from inspect import cleandoc

    rule = RULES[code]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": cleandoc(rule.doc)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(path: str, problem: Problem, codes: list[str]) -> dict[str, object]:
    where = problem.where
    result: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{problem.message} {problem.do}".strip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": quote(path.replace("\\", "/"), safe="/:", errors="surrogateescape")
                    },
                    "region": {"startLine": max(where.row, 1), "startColumn": max(where.column, 1)},
                },
                "logicalLocations": [{"fullyQualifiedName": where.address or path}],
            }
        ],
    }
    if problem.waived:
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return result
