"""The guide to hand out: by objection how to know it, what to say at each step, what not to say.

A page that prints, or a table with a wording a row. Sentences are said in Spanish in either language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal

from coach import audit, guide
from coach.exporters.figures import made_on
from coach.exporters.page import page
from coach.exporters.speak import Speak
from coach.guide import Guide, Wanted
from coach.settings import Settings
from coach.store import Store
from coach.tables import FOR_SPREADSHEETS, csv_text
from coach.viewers import Viewer
from coach.written import Language
from nlp.labels import labels
from rubrics.playbook import FIELDS, Wording
from rubrics.types import Rule

Kind = Literal["html", "csv"]
MEDIA_TYPES: dict[Kind, str] = {"html": "text/html", "csv": "text/csv"}
_STYLE = """
header{display:flex;gap:12px;align-items:center;margin-bottom:20px}
header svg{width:40px;height:40px;flex:none}
nav ol{columns:2;margin:0;padding-left:22px}a{color:var(--lead)}
h3{font-size:15px;margin:14px 0 4px;color:var(--lead)}ul{margin:0 0 6px;padding-left:20px}
li{break-inside:avoid}.why{font-weight:600}
.avoid{border-left:3px solid var(--fail);padding-left:12px}.avoid h3{color:var(--fail)}
.law{border-left:3px solid var(--amber);padding-left:12px;margin-top:12px}
@media print{body{font-size:11px;line-height:1.35}header{margin-bottom:8px}p,ul{margin-bottom:3px}
.card,section{border:0;padding:0;margin-bottom:10px}section{border-top:1px solid var(--line);border-radius:0;
padding-top:8px}h2{font-size:15px;margin-bottom:4px}h3{font-size:12px;margin:6px 0 2px}
.muted,.from{font-size:10px}h2,h3{break-after:avoid}nav,.avoid,.law{break-inside:avoid}.law{margin-top:6px}
a{color:inherit;text-decoration:none}}
"""
_LOGO = (
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#0B6464"/>'
    '<path d="M7 16h4l2-6 4 12 3-9 2 3h3" fill="none" stroke="#FAF9F6" stroke-width="2.4" '
    'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Names:
    """What people read for ids, as the screens say it: fields of a play, tones, stages, slots, countries."""

    steps: Mapping[str, str]
    tones: Mapping[str, str]
    stages: Mapping[str, str]
    slots: Mapping[str, str]
    country: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Handout:
    """What is asked for: one objection or ("") all, and what fits `wanted`."""

    objection: str
    wanted: Wanted
    names: Names
    language: Language = "es"


@dataclass(frozen=True, slots=True)
class _Play:
    """One objection with what fits."""

    objection: str
    said: Mapping[str, tuple[Wording, ...]]  # by field
    own: frozenset[str]
    rules: tuple[Rule, ...]


def handout(store: Store, settings: Settings, viewer: Viewer, asked: Handout, kind: Kind) -> bytes:
    """The guide as a file, for whoever reads it: no call is in it. The log keeps that it was taken."""
    book = guide.guide(settings)
    wanted = (asked.objection,) if asked.objection else guide.objections()
    plays = [play for name in wanted if (play := _play(book, settings, asked, name)) is not None]
    made = _html(book, asked, plays) if kind == "html" else _csv(asked, plays)
    audit.note(store, viewer, "export", "export:guide", kind=kind)
    return made


def file_name(asked: Handout, kind: Kind) -> str:
    """«guia-pe-no_money.html»."""
    parts = (Speak(asked.language)("guia", "guide"), asked.wanted.country.lower(), asked.objection)
    return f"{'-'.join(part for part in parts if part)}.{kind}"


def _play(book: Guide, settings: Settings, asked: Handout, objection: str) -> _Play | None:
    found = guide.wordings(book, settings, objection, asked.wanted)
    if not any(found.values()):
        return None
    mine = guide.own_sentences(book, objection)
    rules = guide.barring(book, settings, objection, asked.wanted.country)
    return _Play(objection, found, mine, rules)


def _html(book: Guide, asked: Handout, plays: Sequence[_Play]) -> bytes:
    title = Speak(asked.language)("Guía de objeciones", "Guide to objections")
    return page(title, "\n".join(_body(book, asked, plays, title)), _STYLE, asked.language)


def _body(book: Guide, asked: Handout, plays: Sequence[_Play], title: str) -> Iterator[str]:
    speak = Speak(asked.language)
    told = escape(" · ".join(_about(asked)))
    yield f'<header>{_LOGO}<div><h1>{escape(title)}</h1><p class="muted">{told}</p></div></header>'
    if not plays:
        nothing = speak(
            "Ninguna frase de la guía cumple estos filtros.", "No wording of the guide fits these filters."
        )
        yield f"<p>{escape(nothing)}</p>"
    if len(plays) > 1:
        links = (
            f'<li><a href="#{one.objection}">{escape(speak.objection(one.objection))}</a></li>'
            for one in plays
        )
        yield f'<nav class="card"><ol>{"".join(links)}</ol></nav>'
    for n, one in enumerate(plays, 1):
        # on paper a link leads nowhere: the list of contents tells the number that stands over the objection
        yield from _section(book, asked, one, f"{n}. " if len(plays) > 1 else "")
    slots = speak(
        "Lo que va entre corchetes se cambia por el dato del caso.",
        "What stands in brackets is replaced by the fact of the case.",
    )
    yield f'<p class="muted">{escape(slots)} {escape(made_on(date.today(), asked.language))}</p>'


def _about(asked: Handout) -> list[str]:
    """For which calls it is."""
    speak, wanted, names = Speak(asked.language), asked.wanted, asked.names
    parts = [names.country(wanted.country) if wanted.country else speak("Todos los países", "Every country")]
    parts += [names.tones.get(wanted.tone, ""), names.stages.get(wanted.stage, "")]
    parts += [speak("con «{text}»", "with “{text}”", text=wanted.text)] if wanted.text else []
    return [part for part in parts if part]


def _section(book: Guide, asked: Handout, one: _Play, number: str) -> Iterator[str]:
    speak, known = Speak(asked.language), labels().objections[one.objection]
    play = book.playbook.play(one.objection)
    yield f'<section id="{one.objection}"><h2>{number}{escape(speak.objection(one.objection))}</h2>'
    yield f"<p>{escape(getattr(known.definition, asked.language))}</p>"
    heard = " · ".join(f"«{text}»" for text in known.examples[:3])
    yield f'<p class="muted">{escape(speak("Se oye así:", "It sounds like this:"))} {escape(heard)}</p>'
    yield f'<p class="why">{escape(play.why)}</p>'
    for step in (*(name for name in FIELDS if name != "replies"), "replies"):
        if found := one.said[step]:
            yield f"<h3>{escape(asked.names.steps[step])}</h3><ul>"
            yield from (_item(asked, one, wording) for wording in found)
            yield "</ul>"
    if not play.ask:
        unasked = speak("Aquí no se vuelve a pedir el pago.", "Here the payment is not asked for again.")
        yield f"<p><strong>{escape(unasked)}</strong></p>"
    items = "".join(f"<li>{escape(text)}</li>" for text in play.avoid)
    yield f'<div class="avoid"><h3>{escape(speak("Evite", "Avoid"))}</h3><ul>{items}</ul></div>'
    for rule in one.rules:
        head = escape(f"{asked.names.country(asked.wanted.country)}: {speak.label(rule)}")
        source = escape(speak("Fuente: {law}.", "Source: {law}.", law=rule.law))
        yield f'<div class="law"><p><strong>{head}.</strong> {escape(speak.help(rule))}</p>'
        yield f'<p class="from">{source}</p></div>'
    yield "</section>"


def _item(asked: Handout, one: _Play, wording: Wording) -> str:
    tags = " · ".join(tag for tag in _untold(asked, _tags(asked, one, wording)) if tag)
    said = escape(_said(asked, wording))
    return f'<li>{said} <span class="from">{escape(tags)}</span></li>' if tags else f"<li>{said}</li>"


Tags = tuple[str, str, str, str, str]


def _untold(asked: Handout, tags: Tags) -> Tags:
    """The tags without what was asked for, which holds of the whole page and stands at its head."""
    (place, tone, stage, told, mine), wanted = tags, asked.wanted
    place, tone, stage = (
        "" if wanted.country else place, "" if wanted.tone else tone, "" if wanted.stage else stage
    )  # fmt: skip
    return place, tone, stage, told, mine


def _said(asked: Handout, wording: Wording) -> str:
    """With «[monto]» in the place of a fact of the case."""
    return wording.say.format(**{slot: f"[{asked.names.slots[slot]}]" for slot in wording.slots})


def _tags(asked: Handout, one: _Play, wording: Wording) -> Tags:
    """Where, in which tone and how late it fits; what it hangs on; whether it is one's own."""
    speak, names = Speak(asked.language), asked.names
    within, but = (", ".join(map(names.country, codes)) for codes in (wording.in_, wording.not_in))
    place = within or (speak("no en {but}", "not in {but}", but=but) if but else "")
    mine = speak("propia", "of this house") if wording.say in one.own else ""
    told = speak("si lo contó así", "if the debtor said so") if wording.when else ""
    if guide.vouches(wording):
        waives = speak(
            "promete una quita o un descuento: solo si el caso lo autoriza",
            "promises a waiver: only where the case authorises it",
        )
        told = " · ".join(part for part in (told, waives) if part)
    tone, stage = names.tones.get(wording.tone or "", ""), names.stages.get(wording.stage or "", "")
    return place, tone, stage, told, mine


def _csv(asked: Handout, plays: Sequence[_Play]) -> bytes:
    speak = Speak(asked.language)
    head = [
        speak("objeción", "objection"), speak("paso", "step"), speak("frase", "wording"),
        speak("país", "country"), speak("tono", "tone"), speak("atraso", "days late"),
        speak("condición", "condition"), speak("propia", "of this house"),
    ]  # fmt: skip
    rows = (
        (
            speak.objection(one.objection),
            asked.names.steps[step],
            _said(asked, wording),
            *_tags(asked, one, wording),
        )
        for one in plays
        for step in FIELDS
        for wording in one.said[step]
    )
    return csv_text(head, rows).encode(FOR_SPREADSHEETS)
