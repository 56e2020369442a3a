"""Lists beneath a heading: what is in, what is out, and where the list ends."""

import pytest

from capture.mails import captured, mail

OURS = "Tom <tom@ours.example>"


def told(text: str, by: str = OURS) -> set[tuple[str, str, bool]]:
    data = mail(text, by=by).replace(b"To: Tom <tom@ours.example>", b"To: Rita <rita@ode.example>")
    found = captured(data)
    return {(one.kind, one.quote, one.negated) for one in found.findings}


@pytest.mark.parametrize(
    ("included", "excluded", "item"),
    [
        ("What you get:", "What you don't get:", "dashboards for seven schools"),
        ("Enthalten:", "Nicht enthalten:", "Auswertungen für sieben Schulen"),
        ("Incluido:", "No incluye:", "cuadros de mando para siete colegios"),
        ("Compris :", "Non compris :", "tableaux de bord pour sept écoles"),
    ],
)
def test_an_item_is_what_its_heading_says(included: str, excluded: str, item: str) -> None:
    assert told(f"Rita,\n\n{included}\n- {item}\n") == {("promise", item, False)}
    assert told(f"Rita,\n\n{excluded}\n- {item}\n") == {("promise", item, True)}


def test_a_list_ends_with_the_next_line_that_is_no_item() -> None:
    text = "Rita,\n\nOut:\n- payroll, all of it\n\nSome words between.\n- the blue folder there\n"
    assert ("promise", "payroll, all of it", True) in told(text)
    assert not any(quote == "the blue folder there" for _, quote, _ in told(text))


def test_what_a_client_lists_as_included_is_what_they_assume() -> None:
    text = "Tom,\n\nIncluded:\n- dashboards for seven schools\n"
    found = told(text, by="Rita Ode <rita@ode.example>")
    assert found == {("scope_assumed", "dashboards for seven schools", False)}
