"""The pieces of the guide: the list of objections, and what may be said to one of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import guide
from coach.guide import Guide, Wanted
from nlp.labels import labels
from rubrics.labels import OBJECTIONS
from rubrics.playbook import Wording
from rubrics.types import Rule
from views import _guide_editor, _labels, _session
from views._formats import SIGNS
from views._text import counted, own, t
from views._widgets import plain

FIRST = 6  # wordings of a step that are seen at once
FEW = 2  # so many more are not worth a click


def columns() -> list[dict[str, Any]]:
    return [
        {"id": "objection", "label": t("Objeción")},
        {"id": "why", "label": t("Por dónde empezar")},
        {"id": "wordings", "label": t("Frases"), "align": "right"},
    ]


def rows(book: Guide, wanted: Wanted) -> list[dict[str, Any]]:
    """One row for each objection that has what is wanted."""
    found = {name: guide.matches(book, name, wanted) for name in OBJECTIONS}
    return [_row(book, name, n) for name, n in found.items() if n]


def _row(book: Guide, name: str, n: int) -> dict[str, Any]:
    known = labels().objections[name]
    mine = len(guide.own_sentences(book, name))
    own_ones = counted(mine, "{n} propia", "{n} propias") if mine else ""
    return {
        "id": name,
        "href": f"guide?{urlencode({'objection': name})}",
        "cells": {
            "objection": {
                "text": _labels.finding(name),
                "sub": own(known.definition.es, known.definition.en),
            },
            "why": {"text": book.playbook.play(name).why},
            "wordings": {"text": str(n), "sub": own_ones},
        },
    }


def answer(book: Guide, objection: str, wanted: Wanted) -> None:
    """Why it is met like this, what to avoid, and what the country forbids."""
    play = book.playbook.play(objection)
    with st.container(border=True, key="answer"):
        st.markdown(f"**{plain(play.why)}**")
        st.markdown("\n".join([f"{t('Evite:')}", "", *(f"- {plain(one)}" for one in play.avoid)]))
        if not play.ask:
            st.markdown(t("Aquí no se vuelve a pedir el pago."))
        for rule in guide.barring(book, _session.settings(), objection, wanted.country):
            _country(rule, wanted.country)


def _country(rule: Rule, country: str) -> None:
    st.markdown(
        t(
            "**{country}: {rule}.** {help} Las frases que no lo cumplen no se muestran.",
            country=plain(_labels.country(country)),
            rule=plain(own(rule.label, rule.label_en)),
            help=plain(own(rule.help, rule.help_en)),
        )
    )
    st.caption(t("Fuente: {source}.", source=plain(rule.law)))


def plays(book: Guide, objection: str, wanted: Wanted, *, edit: bool) -> None:
    """Whole replies, then the steps; with `edit` each wording can be left out."""
    with st.spinner(t("Buscando en la guía…")):
        found = guide.wordings(book, _session.settings(), objection, wanted)
    if not any(found.values()):
        st.info(t("Ninguna frase de la guía cumple estos filtros. Quite alguno para ver más."))
        return
    mine = guide.own_sentences(book, objection)
    titles = {step: title for step, title in _labels.steps().items() if found[step]}
    if "replies" in titles:
        _step("replies", titles.pop("replies"), found["replies"], objection, mine, edit=edit)
    with st.container(key="guide-steps"):
        for n, (step, title) in enumerate(titles.items(), start=1):
            _step(step, f"{n} · {title}", found[step], objection, mine, edit=edit)


def _step(
    step: str,
    title: str,
    wordings: tuple[Wording, ...],
    objection: str,
    mine: frozenset[str],
    *,
    edit: bool,
) -> None:
    with st.container(border=True, height="stretch", key=f"part-{step}"):
        st.markdown(f"##### {title}")
        if edit:
            for place, one in enumerate(wordings):
                _guide_editor.row(objection, step, place, one, said(one, mine))
            return
        first = len(wordings) if len(wordings) <= FIRST + FEW else FIRST
        st.markdown(_list(wordings[:first], mine))
        if rest := wordings[first:]:
            with st.expander(counted(len(rest), "{n} frase más", "{n} frases más")):
                st.markdown(_list(rest, mine))


def _list(wordings: tuple[Wording, ...], mine: frozenset[str]) -> str:
    return "\n".join(f"- {said(one, mine)}" for one in wordings)


def said(wording: Wording, mine: frozenset[str]) -> str:
    """A wording with what it is for, as markdown; a slot reads as «[monto]»."""
    text = wording.say.format(**{slot: f"[{_labels.slot(slot)}]" for slot in wording.slots})
    tags = [_places(wording), _labels.tones().get(wording.tone or "", "")]
    tags += [_labels.stages().get(wording.stage or "", ""), t("si lo contó así") if wording.when else ""]
    tags += [t("propia") if wording.say in mine else ""]
    shown = " · ".join(plain(tag) for tag in tags if tag)
    said = f"{plain(text)}  \n:small[:gray[{shown}]]" if shown else plain(text)
    if not guide.vouches(wording):
        return said
    bound = t("Promete una quita o un descuento: dígala solo si el caso lo autoriza.")
    return f"{said}  \n:small[:orange[{SIGNS['review']} {plain(bound)}]]"


def _places(wording: Wording) -> str:
    if wording.in_:
        return ", ".join(map(_labels.country, wording.in_))
    if wording.not_in:
        return t("no en {countries}", countries=", ".join(map(_labels.country, wording.not_in)))
    return ""
