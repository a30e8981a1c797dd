"""The result of an exercise: points, what to work on with the trainee's words, what is next, turn by turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from coach import practicable, practice, practice_plan
from coach.attempt_body import Broken, Chosen, Line, Point, Shown
from coach.attempts import CHOSEN, Kept
from coach.practice_plan import Due
from coach.types import CoachError
from views import _drill_talk, _drill_words, _formats, _labels, _session
from views._formats import SIGNS
from views._list import listing
from views._text import counted, own, quoted, refusal, t
from views._widgets import plain

TOO_MUCH = ("usted", "short", "sure")  # steps that are lost by what is said, never by what is not
HALF = "~"  # the sign of a step with some of its points


def result(kept: Kept, shown: Shown, *, mine: bool) -> None:
    """`mine`: it is the viewer's own, who may go on from here; another's is told about them, by name."""
    name = "" if mine else kept.name
    st.title(t("¿Cómo le fue?") if mine else plain(t("¿Cómo le fue a {name}?", name=name)))
    _answer(kept, shown, name)
    for one in shown.broken:
        _broken(one)
    if not shown.broken:
        _notes(kept, shown, name)
    _chosen(shown, name)
    if mine:
        _next(kept, shown)
    _marks(shown, name)
    _better(shown)
    _account(kept, shown, name)


def _answer(kept: Kept, shown: Shown, name: str) -> None:
    """Points and pass, in one card, with what they stand on."""
    sign = SIGNS["pass" if shown.passed else "fail"]
    with st.container(border=True, key="answer"):
        passed = t("lograda") if shown.passed else t("todavía no")
        st.markdown(f"### {sign} {_drill_words.points(shown.points, shown.of)} · {passed}")
        if shown.won is not None:
            st.markdown(t("Alcanzó la meta.") if shown.won else t("No alcanzó la meta."))
        if shown.lost is not None:
            st.markdown(plain(_drill_words.about(shown.lost, name)))
        told = [_drill_words.format_name(kept.format), _formats.day(kept.on_date)]
        told.append(_formats.duration(kept.seconds))
        late = sum(line.late for line in shown.lines)
        if late:
            told.append(counted(late, "{n} respuesta tarde", "{n} respuestas tarde"))
        st.caption(" · ".join(plain(part) for part in told))
        own_points = t("Es práctica: no entra en sus puntos, en el mes ni en la paga.")
        st.caption(t("Es práctica: no entra en puntos, mes ni paga.") if name else own_points)


def _broken(one: Broken) -> None:
    """A critical word, said plainly, with what to say instead."""
    with st.container(border=True, key=f"critical-{one.rule}"):
        st.markdown(f"**{SIGNS['fail']} {plain(_drill_words.of(one.label))}**")
        st.markdown(quoted(plain(one.quote)))
        st.markdown(plain(own(one.help, one.help_en)))
        if one.better:
            st.markdown(f"**{t('Mejor así:')}** {plain(one.better)}")
        st.caption(t("Una frase así deja el ejercicio en 0 y anularía una llamada real."))


def _notes(kept: Kept, shown: Shown, name: str) -> None:
    """At most three things, the dearest first."""
    known = {one.id: one for one in shown.marks}
    notes = [known[name] for name in shown.notes if name in known]
    if not notes and not shown.passed:
        again = t("Ningún paso perdió puntos: lo que falta es la meta. Inténtelo otra vez.")
        told = t("Ningún paso perdió puntos: lo que falta es la meta.") if name else again
        st.info(told, icon=":material/flag:")
        return
    if not notes:
        on = t("Nada que corregir: siga con una más difícil.")
        st.success(t("Nada que corregir.") if name else on, icon=":material/check:")
        return
    st.subheader(counted(len(notes), "Una cosa para trabajar", "{n} cosas para trabajar"))
    with st.container(key="parts"):
        for one in notes:
            _note(one, name, chosen=kept.format in CHOSEN)


def _note(one: Point, name: str, *, chosen: bool) -> None:
    """`chosen`: the words are an option that was picked, and the better ones are the right option."""
    with st.container(border=True, height="stretch", key=f"part-{one.id}"):
        title = f"{_drill_words.of(one.label)} · {_drill_words.points(one.got, one.of)}"
        st.markdown(f"##### {plain(title)}")
        if one.quote:
            st.markdown(plain(_said(one.quote, name, chosen=chosen)))
        elif one.id not in TOO_MUCH:
            st.markdown(t("Faltó."))
        st.markdown(plain(_drill_words.of(one.rule)))
        if one.better:
            st.markdown(f"**{t('Lo correcto:') if chosen else t('Mejor así:')}** {plain(one.better)}")


def _said(words: str, name: str, *, chosen: bool) -> str:
    """«Usted dijo: «…»», and of another's exercise «Ana Ruiz dijo: «…»»."""
    if name:
        its = {"words": words, "name": name}
        return t("{name} eligió: «{words}»", **its) if chosen else t("{name} dijo: «{words}»", **its)
    return t("Usted eligió: «{words}»", words=words) if chosen else t("Usted dijo: «{words}»", words=words)


def _chosen(shown: Shown, name: str) -> None:
    """Of a choice: each option, which was right and which was picked."""
    for title, options in ((t("Las opciones"), shown.options), (t("Los motivos"), shown.reasons)):
        if options:
            st.subheader(title)
            st.markdown("  \n".join(_option(one, name) for one in options))


def _option(one: Chosen, name: str) -> str:
    text = _drill_words.of(one.why) if one.why is not None and _is_reason(one) else one.text
    sign = SIGNS["pass"] if one.right else SIGNS["fail"] if one.picked else SIGNS["na"]
    parts = [f"{sign} {plain(text)}"]
    if one.picked:
        picked = t("lo eligió {name}", name=plain(name)) if name else t("su elección")
        parts.append(f"**{picked}**")
    if one.why is not None and not _is_reason(one):
        parts.append(plain(_drill_words.of(one.why)))
    return " · ".join(parts)


def _is_reason(one: Chosen) -> bool:
    """A reason carries itself in both languages."""
    return one.why is not None and one.why.es == one.text


def _next(kept: Kept, shown: Shown) -> None:
    """When the objection comes again, and the ways on from here."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    today = practice_plan.today(store, viewer)
    if shown.due is not None:
        name, day = plain(_labels.finding(shown.objection)), _formats.day(shown.due)
        st.markdown(t("«{objection}» vuelve a tocarle el **{day}**.", objection=name, day=day))
    now = practicable.since(settings, kept.body.scenario) if kept.body.scenario is not None else "same"
    if now == "changed":
        st.markdown(t("Este caso cambió desde entonces: si lo repite, lo practica como es ahora."))
    elif now == "gone":
        st.markdown(t("Este caso ya no se practica: siga con otro."))
    with st.container(horizontal=True, key="next"):
        if today.items:
            first = today.items[0]
            label = t("La siguiente de hoy")
            _go(label, lambda: _due(first), key="next-today", main=True)
        name = _drill_words.format_name(shown.next_format)
        _go(
            t("Seguir con: {name}", name=name.lower()),
            lambda: practice.next_one(store, settings, viewer, kept, shown.next_format),
            key="next-format",
            main=not today.items,
        )
        if now != "gone":
            _go(
                t("Otra vez") if kept.format not in CHOSEN else t("Otra parecida"),
                lambda: practice.again(store, settings, viewer, kept),
                key="again",
            )


def _due(item: Due) -> int:
    return practice.begin_due(_session.store(), _session.settings(), _session.viewer(), item)


def _go(label: str, begin: Callable[[], int], *, key: str, main: bool = False) -> None:
    """A button that begins an attempt and leads to it; a refusal is told beside it."""
    if st.button(label, key=key, type="primary" if main else "secondary"):
        open_new(begin)


def open_new(begin: Callable[[], int]) -> None:
    """Begin an attempt and show it; a refusal is told."""
    try:
        with st.spinner(t("Preparando el ejercicio…")):
            new = begin()
    except CoachError as error:
        st.error(plain(refusal(error)))
        return
    st.switch_page("views/drill.py", query_params={"attempt": str(new)})


def _marks(shown: Shown, name: str) -> None:
    st.subheader(t("Puntos por paso"))
    columns: list[dict[str, Any]] = [
        {"id": "step", "label": t("Paso")},
        {"id": "words", "label": t("Lo que dijo") if name else t("Sus palabras"), "hide": True},
    ]
    listing(columns, [_row(one) for one in shown.marks], key="marks")


def _row(one: Point) -> dict[str, Any]:
    kind = "pass" if one.got == one.of else "fail" if one.got == 0 else "review"
    label, rule = _drill_words.of(one.label), _drill_words.of(one.rule)
    step = {
        "sign": SIGNS[kind] if kind != "review" else HALF,
        "kind": kind,
        "text": f"{label} · {_drill_words.points(one.got, one.of)}",
        "sub": rule,
    }
    words = quoted(one.quote) if one.quote else _formats.NOTHING
    return {"id": one.id, "cells": {"step": step, "words": {"text": words}}}


def _better(shown: Shown) -> None:
    if shown.better:
        with st.expander(t("Respuestas completas de la guía")):
            st.markdown("\n".join(f"- {plain(one)}" for one in shown.better))


def _counted(line: Line, shown: Shown) -> list[str]:
    """Of a turn that no simulated debtor answered: the steps that its words counted for and, where it is the
    only one, those that were missing. Words said before count where they were said first.
    """
    alone = sum(one.mine for one in shown.lines) == 1
    steps = [one for one in shown.marks if one.of > 1]
    before = [one.text for one in shown.lines[: shown.lines.index(line)] if one.mine]
    held = {one.id for one in steps if any(one.quote.strip("… ") in text for text in before)}
    found = [
        one
        for one in steps
        if one.got and one.quote and one.id not in held and one.quote.strip("… ") in line.text
    ]
    missing = [one for one in steps if alone and one.got < one.of and one not in found]
    named = [f"{_drill_words.of(one.label)} ({_drill_words.points(one.got, one.of)})" for one in found]
    out = [t("Contó para: {steps}.", steps=plain(", ".join(named)))] if found else []
    if missing:
        names = ", ".join(_drill_words.of(one.label) for one in missing)
        out.append(t("Faltó: {steps}.", steps=plain(names)))
    if not out and before and all(one.got == one.of and (one.id in held or not one.quote) for one in steps):
        return [t("Los pasos ya estaban completos.")]
    return out or [t("No contó para ningún paso.")]


def _account(kept: Kept, shown: Shown, name: str) -> None:
    """Turn by turn: what was said, what each of the trainee's turns did."""
    if not shown.lines:
        return
    folded = st.expander(t("Turno por turno, con el porqué"), expanded=kept.format == "spot_fault")
    with folded, st.container(key="talk"):
        for at, line in enumerate(shown.lines):
            _drill_talk.line(at, line, *_told(line, shown, name), name=name)


def _told(line: Line, shown: Shown, name: str) -> list[str]:
    """What is to be said under a turn."""
    out = [plain(_drill_words.about(line.why, name))] if line.why is not None else []
    if line.mine and line.why is None:
        out += _counted(line, shown)
    if line.late:
        out.append(t("Tarde: {time}.", time=_formats.duration(line.seconds)))
    if line.wrong:
        out.append(f"{SIGNS['fail']} {t('Este es el turno que falla.')}")
    if line.picked and not line.wrong:
        another = t("{name} señaló este turno.", name=plain(name))
        out.append(another if name else t("Usted señaló este turno."))
    return out
