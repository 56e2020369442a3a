"""Why a line is believed, in words: a few short sentences in the language of the workbook."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sheetrecord.core.view.row_origin import RowOrigin
from sheetrecord.core.view.sanitise import flat
from sheetrecord.schema.record import Settings

_KEYS: Final = (
    *("why", "said", "told", "unsaid", "on", "heard", "source", "confirmed", "decided"),
    *("waits", "place", "changed", "also"),
)
_EN: Final = (
    *("Why this is believed", "Said by {who}", "Said by {who} to {to}", "Nobody wrote who said it"),
    *("on {day}", "written down by {who}", "Source: {what}", "Confirmed by {who}"),
    *(
        "Decided by {who}",
        "Not confirmed yet",
        "In the workbook: {where}",
        "Since it was sold: {what}",
    ),
    "Said again: “{quote}”, {source}",
)
_DE: Final = (
    *(
        "Woher das kommt",
        "Gesagt von {who}",
        "Gesagt von {who} zu {to}",
        "Niemand schrieb, wer es sagte",
    ),
    *("am {day}", "eingetragen von {who}", "Quelle: {what}", "Bestätigt von {who}"),
    *("Entschieden von {who}", "Noch nicht bestätigt", "In der Arbeitsmappe: {where}"),
    "Seit dem Verkauf: {what}",
    "Noch einmal gesagt: „{quote}“, {source}",
)
_ES: Final = (
    *("Por qué se cree", "Lo dijo {who}", "{who} lo dijo a {to}", "Nadie escribió quién lo dijo"),
    *("el {day}", "anotado por {who}", "Fuente: {what}", "Confirmado por {who}"),
    *("Decidido por {who}", "Aún sin confirmar", "En el libro: {where}", "Desde la venta: {what}"),
    "Dicho otra vez: «{quote}», {source}",
)
_FR: Final = (
    *("D'où cela vient", "Dit par {who}", "Dit par {who} à {to}", "Personne n'a noté qui l'a dit"),
    *("le {day}", "noté par {who}", "Source : {what}", "Confirmé par {who}"),
    *("Décidé par {who}", "Pas encore confirmé", "Dans le classeur : {where}"),
    "Depuis la vente : {what}",
    "Redit : « {quote} », {source}",
)
ORIGIN: Final[Mapping[str, Mapping[str, str]]] = {
    language: dict(zip(_KEYS, told, strict=True))
    for language, told in (("en", _EN), ("de", _DE), ("es", _ES), ("fr", _FR))
}


def origin_lines(
    found: RowOrigin,
    settings: Settings,
    day: Callable[[object], str],
    changed: tuple[str, ...] = (),
) -> list[str]:
    """Return what is known of a line's origin, a sentence each; nothing that is not written down.

    ``day`` writes a date; ``changed`` are differences from what was sold, in words.
    """
    words = ORIGIN[settings.language]
    lines = [*_said(found, words, day), *_source(found, settings, words)]
    lines += [words["also"].format(quote=flat(q), source=flat(s)) for q, s in found.also]
    lines += _confirmed(found, words, day)
    lines += [words["changed"].format(what=flat(one)) for one in changed]
    if found.address:
        lines.append(words["place"].format(where=flat(found.address)))
    return lines


def _said(
    found: RowOrigin, words: Mapping[str, str], day: Callable[[object], str]
) -> Iterator[str]:
    who, heard_by = flat(found.who), flat(found.heard_by)
    if not who and not heard_by and found.said_on is None:
        yield words["unsaid"]
        return
    first = words["unsaid"]
    if who:
        first = words["told" if found.to else "said"].format(who=who, to=flat(found.to))
    parts = [first] if who or not heard_by else []
    if found.said_on is not None:
        parts.append(words["on"].format(day=day(found.said_on)))
    if heard_by and heard_by != who:
        parts.append(words["heard"].format(who=heard_by))
    told = ", ".join(parts)
    yield told[:1].upper() + told[1:]


def _source(found: RowOrigin, settings: Settings, words: Mapping[str, str]) -> Iterator[str]:
    kind = settings.label(found.source_list, found.source_type) if found.source_type else ""
    what = ", ".join(filter(None, map(flat, (kind, found.source))))
    if what:
        yield words["source"].format(what=what)


def _confirmed(
    found: RowOrigin, words: Mapping[str, str], day: Callable[[object], str]
) -> Iterator[str]:
    if found.confirmed_on is None and not found.confirmed_by:
        if found.confirmable:
            yield words["waits"]
        return
    key = "confirmed" if found.confirmable or found.source_list == "source_type" else "decided"
    who = flat(found.confirmed_by)
    on = words["on"].format(day=day(found.confirmed_on)) if found.confirmed_on else ""
    yield ", ".join(filter(None, (words[key].format(who=who or "?"), on)))
