"""Days and amounts as people write them in four languages."""

import datetime as dt

import pytest

from sheetrecord.core.capture.amounts import find_amounts
from sheetrecord.core.capture.dates import find_dates, order_of
from sheetrecord.core.capture.place import driver

MONDAY = dt.date(2026, 3, 2)
DAYS = {
    "en": {
        "by 18 May": "2026-05-18",
        "May 18th, 2027": "2027-05-18",
        "on the 24th and then": "2026-03-24",
        "Friday 13 March": "2026-03-13",
        "by Friday": "2026-03-06",
        "next Friday": "2026-03-13",
        "Tuesday, 8 September 2026": "2026-09-08",
        "end of June": "2026-06-30",
        "25/3": "2026-03-25",
        "in three weeks": "2026-03-23",
        "before Easter": "2026-04-05",
        "tomorrow": "2026-03-03",
        "end of Q2": "2026-06-30",
        "2026-05-01": "2026-05-01",
        "15 February": "2026-02-15",
        "the fifteenth of May": "2026-05-15",
    },
    "de": {
        "bis zum 20. März": "2026-03-20",
        "am 25.6. in den": "2026-06-25",
        "Ende Juni": "2026-06-30",
        "Freitag 28.8. sind wir": "2026-08-28",
        "am 1. Oktober 2026": "2026-10-01",
        "bis Freitag": "2026-03-06",
        "spätestens am 24.": "2026-03-24",
        "vor Pfingsten": "2026-05-24",
        "03.04.2026": "2026-04-03",
    },
    "es": {
        "el viernes 13 de marzo": "2026-03-13",
        "a finales de junio": "2026-06-30",
        "el día 24 y después": "2026-03-24",
        "5 de septiembre de 2026": "2026-09-05",
        "el lunes": "2026-03-09",
        "3/4": "2026-04-03",
    },
    "fr": {
        "le 1er octobre": "2026-10-01",
        "fin juin": "2026-06-30",
        "vendredi 28 août": "2026-08-28",
        "d'ici le 23 mars": "2026-03-23",
        "le 24, puis": "2026-03-24",
        "le 11/05": "2026-05-11",
    },
}
NO_DAY = {
    "en": ("the first week of September", "in March", "3/4", "31 February", "week 23", "we may be 5",
           "at 3 pm", "12 weeks", "the 2nd floor", "version 2.1", "20 people", "on the 2nd round"),
    "de": ("in der ersten Septemberwoche", "Mitte Mai", "nächste Woche", "1.234,50 Euro", "31. Februar"),
    "es": ("la primera semana de septiembre", "a mediados de mayo", "en marzo", "el 20 % del total"),
    "fr": ("la première semaine de septembre", "mi-mai", "en mars", "le 20 % du total"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, v in DAYS.items() for t in v])
def test_a_day_is_the_one_that_is_meant(language: str, text: str) -> None:
    [one] = find_dates(text, MONDAY, language)
    assert str(one.day) == DAYS[language][text]


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, v in NO_DAY.items() for t in v])
def test_vague_words_name_no_day(language: str, text: str) -> None:
    assert [one.day for one in find_dates(text, MONDAY, language) if one.day] == []


def test_a_day_of_a_text_without_a_date_is_known_only_with_its_year() -> None:
    assert find_dates("18 May", None)[0].day is None
    assert find_dates("18 May 2026", None)[0].day == dt.date(2026, 5, 18)


def test_numbers_are_read_in_the_order_that_a_text_proves() -> None:
    order = order_of(iter(["see 5/25/2026"]))
    assert find_dates("3/4", MONDAY, "en", order)[0].day == dt.date(2026, 3, 4)


AMOUNTS = {
    "above £60,000 without": "60000 GBP",
    "around 14k": "14000 ",
    "2.350 € más IVA": "2350 EUR",
    "12 000 € HT": "12000 EUR",
    "unter 18 Tsd. Euro": "18000 EUR",
    "sous les 18 k€": "18000 EUR",
    "dieciocho mil euros": "18000 EUR",
    "eighteen thousand": "18000 ",
    "€1.234,50": "1234.50 EUR",
    "1'200.50 CHF": "1200.50 CHF",
    "$50 a seat": "50 ",
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_an_amount_is_the_one_that_is_meant(text: str) -> None:
    [one] = find_amounts(text)
    assert f"{one.amount} {one.currency}" == AMOUNTS[text]


@pytest.mark.parametrize(
    "text", ["12 people", "in 1998", "by 5 May 2026", "10 000 customers", "room 204"]
)
def test_a_number_alone_is_no_amount(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize(
    ("quote", "day", "what"),
    [
        ("Hi Owen, our landlord reopens on 18 May and the desk must stand.", "18 May", "our landlord reopens"),
        ("Die Ministerin kommt am 14. April, da muss es fertig sein.", "14. April", "Die Ministerin kommt"),
        ("Pfingsten (23.5.) machen wir unser Jahr.", "23.5.", "Pfingsten machen wir unser Jahr"),
        ("El consejo se reúne el 4 de mayo; antes no.", "4 de mayo", "El consejo se reúne"),
    ],
)  # fmt: skip
def test_what_happens_on_a_day_is_the_clause_that_names_it(quote: str, day: str, what: str) -> None:
    assert driver(quote, day) == what
