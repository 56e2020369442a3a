"""What is due stands in one list by day: what rules that remind find, for each who may see it."""

import pytest

from rules.languages import read_in
from rules.records import examples
from sheetrecord.core.check import check
from sheetrecord.core.reminders import reminders, seen
from sheetrecord.core.view.audiences import OPS, OWNER, Audience
from sheetrecord.rules import load_rules
from sheetrecord.rules.rule import Rule
from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.schema.read.parse import Parsed

REMIND = [rule for rule in load_rules().values() if rule.reminds]
DATED = "DEAL-003 DEAL-044 DEAL-047 DEAL-052 CTX-027 CTX-043 CTX-044 COM-020 PRJ-043 FEE-019"

ACCEPTED = """
| Deal | deal_id | client | stage | handover_state | handover_on |
|------|---------|--------|-------|----------------|-------------|
|      | D-0001  | Acme   | won   | accepted       | 2026-01-05  |
"""
PROMISED = """
| Commitments | com_id  | deal_id | type         | what              | due_on     | share |
|-------------|---------|---------|--------------|-------------------|------------|-------|
|             | C-1     | D-0001  | date_promise | The night shift   | 2026-02-20 | {one} |
|             | C-2     | D-0001  | date_promise | The boss's secret | 2026-02-10 | {two} |
"""
CONFIRMED = """
| Context | ctx_id | deal_id | kind | answer                   | confirmed_on | share |
|---------|--------|---------|------|--------------------------|--------------|-------|
|         | X-1    | D-0001  | risk | The roof may not bear it | {one}        |       |
|         | X-2    | D-0001  | risk | There are two sites      | {two}        | {share} |
"""


def messages(parsed: Parsed) -> list[str]:
    return [one.message for one in reminders(parsed)]


def told(parsed: Parsed, audience: Audience) -> str:
    return " ".join(one.message for one in seen(parsed, audience))


def test_the_rules_that_speak_on_a_day_remind() -> None:
    assert set(DATED.split()) <= {rule.code for rule in REMIND}


@pytest.mark.parametrize("rule", REMIND, ids=lambda rule: rule.code)
def test_a_reminder_is_what_validate_says(rule: Rule) -> None:
    for text in examples(rule, "bad"):
        for language in LANGUAGES:
            parsed = read_in(language, text)
            found = reminders(parsed)
            assert rule.code in {one.code for one in found}
            said = {(p.code, p.message, p.do) for p in check(parsed).problems}
            assert {(one.code, one.message, one.do) for one in found} <= said
            assert [one.day for one in found] == sorted(one.day for one in found)
    for text in examples(rule, "good"):
        assert rule.code not in {one.code for one in reminders(read_in("en", text))}


def test_what_the_firm_only_notes_is_not_brought_up() -> None:
    parsed = read_in("en", ACCEPTED)
    assert "CTX-044" in {one.code for one in reminders(parsed)}
    assert "CTX-044" not in {one.code for one in reminders(parsed, ["CTX-044"])}


def test_the_earliest_day_stands_first() -> None:
    parsed = read_in("en", ACCEPTED + PROMISED.format(one="", two=""))
    promised = [one for one in messages(parsed) if "is due on" in one]
    assert ["secret" in one for one in promised] == [True, False]


def test_an_internal_row_is_brought_up_to_those_who_may_see_it() -> None:
    parsed = read_in("en", ACCEPTED + PROMISED.format(one="", two="internal"))
    assert "night shift" in told(parsed, OPS)
    assert "secret" not in told(parsed, OPS)
    assert "secret" in told(parsed, OWNER)


def test_a_column_that_somebody_does_not_see_is_not_taken_for_a_blank_one() -> None:
    grant = OPS.grants["Context"]
    columns = grant.columns - {"confirmed_on"}
    blind = OPS._replace(grants={**OPS.grants, "Context": grant._replace(columns=columns)})
    for one, two in (("2026-01-12", "2026-01-12"), ("", "2026-01-12")):
        facts = CONFIRMED.format(one=one, two=two, share="")
        assert "nobody has confirmed" not in told(read_in("en", ACCEPTED + facts), blind)


def test_of_facts_that_are_told_together_each_sees_its_own() -> None:
    parsed = read_in("en", ACCEPTED + CONFIRMED.format(one="", two="", share="internal"))
    assert '"The roof may not bear it" since' in told(parsed, OPS)
    assert '"The roof may not bear it", "There are two sites" since' in told(parsed, OWNER)
