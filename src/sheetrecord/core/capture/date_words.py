"""How days are spoken of in four languages: months, weekdays, parts of a month; folded, as data."""

from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janner enero ene janvier janv",
            "february feb februar febrero febr fevrier fevr fev",
            "march mar marz maerz mrz marzo mars",
            "april apr abril abr avril avr",
            "may mai mayo",
            "june jun juni junio juin",
            "july jul juli julio juillet juil",
            "august aug agosto ago aout",
            "september sep sept septiembre setiembre septembre",
            "october oct oktober okt octubre octobre",
            "november nov noviembre novembre",
            "december dec dezember dez diciembre dic decembre",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lunes lundi",
            "tuesday tue tues dienstag martes mardi",
            "wednesday wed mittwoch miercoles mercredi",
            "thursday thu thur thurs donnerstag jueves jeudi",
            "friday fri freitag viernes vendredi",
            "saturday sat samstag sonnabend sabado samedi",
            "sunday sun sonntag domingo dimanche",
        )
    )
    for name in names.split()
}
SHORT_WEEKDAYS: Final = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())
ORDINALS: Final = {
    name: number
    for number, names in enumerate(
        (
            "first ersten erster primero premier 1er 1ro",
            "second zweiten dos",
            "third dritten tres",
            "fourth vierten",
            "fifth funften",
            "sixth sechsten",
            "seventh siebten",
            "eighth achten",
            "ninth neunten",
            "tenth zehnten",
            "eleventh elften",
            "twelfth zwolften",
            "thirteenth dreizehnten",
            "fourteenth vierzehnten",
            "fifteenth funfzehnten",
        ),
        1,
    )
    for name in names.split()
}
NUMBERS: Final = {
    name: number
    for number, names in enumerate(
        (
            "a an one ein eine einem einer eines un una une",
            "two zwei dos deux couple",
            "three drei tres trois",
            "four vier cuatro quatre",
            "five funf cinco cinq",
            "six sechs seis",
            "seven sieben siete sept",
            "eight acht ocho huit",
            "nine neun nueve neuf",
            "ten zehn diez dix",
            "eleven elf once onze",
            "twelve zwolf doce douze",
        ),
        1,
    )
    for name in names.split()
}
UNITS: Final = {
    **dict.fromkeys("day days tag tage tagen tages dia dias jour jours".split(), "day"),
    **dict.fromkeys("week weeks woche wochen semana semanas semaine semaines".split(), "week"),
    **dict.fromkeys("month months monat monate monaten mes meses mois".split(), "month"),
}
END: Final = (
    r"(?:(?:the )?(?:very )?end of|ende|zum ende (?:des|von)|(?:a |el )?fin(?:al|ales)? de(?:l)?"
    r"|(?:a |la )?fin(?: (?:du|de))?)"
)
PART: Final = (
    r"(?:(?:the )?(?:beginning|start|middle) of|early|mid|late|anfang|mitte|(?:a )?(?:principios|"
    r"mediados|comienzos) de(?:l)?|debut|mi|courant|(?:the )?(?:first|second|third|last) (?:week|half|"
    r"days|weekend) (?:of|in)|(?:in der )?(?:ersten|zweiten|dritten|letzten) (?:woche|halfte)(?: im| des)?"
    r"|(?:la |el )?(?:primera|segunda|tercera|ultima|primer|ultimo) (?:semana|quincena|mitad) de"
    r"|(?:la |le )?(?:premiere|deuxieme|troisieme|derniere|seconde) (?:semaine|quinzaine|moitie) de)"
)
TOMORROW: Final = {
    "today": 0, "heute": 0, "hoy": 0, "aujourd'hui": 0, "tonight": 0, "ce soir": 0, "heute abend": 0,
    "tomorrow": 1, "morgen": 1, "manana": 1, "demain": 1,
    "day after tomorrow": 2, "ubermorgen": 2, "pasado manana": 2, "apres-demain": 2,
}  # fmt: skip
FEASTS: Final = {
    **dict.fromkeys(("easter sunday", "ostersonntag", "easter", "ostern", "pascua", "paques"), 0),
    **dict.fromkeys(("good friday", "karfreitag", "viernes santo", "vendredi saint"), -2),
    **dict.fromkeys(("easter monday", "ostermontag", "lundi de paques"), 1),
    **dict.fromkeys(("ascension day", "christi himmelfahrt", "ascension"), 39),
    **dict.fromkeys(("whitsun", "pentecost", "pfingsten", "pentecostes", "pentecote"), 49),
    **dict.fromkeys(("corpus christi", "fronleichnam"), 60),
}
"""Feasts that move, by their distance from Easter Sunday."""
FIXED: Final = {
    **dict.fromkeys(("christmas eve", "heiligabend", "nochebuena", "veille de noel"), (12, 24)),
    **dict.fromkeys(
        ("christmas day", "christmas", "weihnachten", "xmas", "navidad", "noel"), (12, 25)
    ),
    **dict.fromkeys(("new year's eve", "silvester", "nochevieja"), (12, 31)),
    **dict.fromkeys(("new year's day", "neujahr", "ano nuevo", "nouvel an"), (1, 1)),
}
