"""What a draft would change, before anybody is judged by it: on stored calls and on those people labelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import fairness, forms, lab
from coach.fairness import Probe, Swap
from coach.heirs import changed_with
from coach.lab import Labelled, Trial, Turned
from coach.pipeline import places_of
from rubrics.types import Criterion, Pack, Rubric, Verdict
from views import _address, _formats, _labels, _session
from views._formats import SIGNS
from views._list import listing
from views._text import counted, own, t
from views._widgets import Figure, figures, plain

SIZES = (100, 300, 1000)  # stored calls
PROBED = 6  # labelled calls that are judged under other names
SHOWN = 15


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial, and the text that it is of."""

    text: str
    form: Rubric | Pack
    trial: Trial


def show(text: str, *, sound: bool) -> None:
    st.subheader(t("Probar antes de publicar"))
    st.caption(
        t(
            "Juzga las últimas llamadas guardadas, y otras que personas ya juzgaron, con lo que está en "
            "uso y con el borrador. Nada se guarda."
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        most = st.segmented_control(
            t("Llamadas guardadas"), SIZES, default=SIZES[0], key="lab-most", label_visibility="collapsed",
            format_func=_formats.calls,
        )  # fmt: skip
        tries = st.button(t("Probar"), disabled=not sound, icon=":material/science:")
        probes = st.button(t("¿Depende de quién es quién?"), disabled=not sound, type="tertiary")
    if tries:
        _address.attempt(_try, text, most or SIZES[0])
    if probes:
        _address.attempt(_probe, text)
    if (tried := st.session_state.get("lab-tried")) is not None and tried.text == text:
        _trial(tried)
    elif tried is not None and not sound:
        st.caption(t("Corrija los errores para probarlo."))
    if (probed := st.session_state.get("lab-probed")) is not None and probed[0] == text:
        _fair(probed[1], probed[2])


def _try(text: str, most: int) -> None:
    settings, store = _session.settings(), _session.store()
    form = forms.read(text, settings)
    bar = st.progress(0.0)
    gold = _gold(bar) if isinstance(form, Rubric) else ()
    each = _steps(bar, most + len(gold), t("Juzgando…"))
    heirs = changed_with(text, settings)
    trial = lab.try_draft(form, settings, store, limit=most, heirs=heirs, labelled=gold, each=each)
    bar.empty()
    st.session_state["lab-tried"] = Tried(text, form, trial)


def _probe(text: str) -> None:
    form = forms.read(text, _session.settings())
    bar = st.progress(0.0)
    calls = [call.transcript for call, _ in _gold(bar)[:PROBED]]
    if not calls or not isinstance(form, Rubric):
        bar.empty()
        st.info(t("Se prueba en pautas, con llamadas que personas ya juzgaron; aquí no hay."))
        return
    each = _steps(bar, len(calls) * len(fairness.SWAPS), t("Juzgando con otros nombres…"))
    st.session_state["lab-probed"] = (text, fairness.probe(calls, form, each=each), _names(form))
    bar.empty()


def _gold(bar: Any) -> Labelled:
    return lab.labelled_calls(each=_steps(bar, lab.LABELLED, t("Preparando las llamadas ya juzgadas…")))


def _steps(bar: Any, whole: int, said: str) -> Callable[[], None]:
    done = 0

    def each() -> None:
        nonlocal done
        done += 1
        bar.progress(min(1.0, done / max(whole, 1)), text=said)

    return each


def _trial(tried: Tried) -> None:
    trial = tried.trial
    if not trial.calls:
        st.info(t("No hay llamadas para las que sea esta pauta: no se sabe qué cambiaría."))
        return
    parts = (
        counted(trial.stored, "{n} guardada", "{n} guardadas"),
        counted(trial.labelled, "{n} juzgada por personas", "{n} juzgadas por personas"),
    )
    changed = Figure(t("Veredictos que cambian"), str(len(trial.flips)), _formats.calls(trial.calls))
    figures([changed, _points(trial), _agreement(trial)], key="figures")
    shown = [*(parts if trial.labelled else parts[:1])]
    if trial.wordless:
        shown.append(t("{n} sin texto, que se borró, no se prueban", n=trial.wordless))
    st.caption(" · ".join(shown))
    names = _names(tried.form)
    if trial.flips:
        st.markdown(_ways(trial, names))
        _examples(trial, names)
    _moved(trial, names)


def _points(trial: Trial) -> Figure:
    if not trial.points:
        return Figure(t("Puntos en promedio"), _formats.NOTHING)
    before, after = (sum(side) / len(trial.points) for side in zip(*trial.points, strict=True))
    return Figure(
        t("Puntos en promedio"),
        f"{_formats.decimal(before, 1)} → {_formats.decimal(after, 1)}",
        _formats.calls(len(trial.points)),
    )


def _agreement(trial: Trial) -> Figure:
    label = t("Coincide con personas")
    if trial.overall is None or not trial.overall[0]["n"]:
        return Figure(label, _formats.NOTHING, t("sin llamadas juzgadas por personas"))
    before, after = trial.overall
    share = f"{_formats.percent(before['accuracy'])} → {_formats.percent(after['accuracy'])}"
    return Figure(label, share, counted(after["n"], "{n} veredicto", "{n} veredictos"))


def _names(form: Rubric | Pack) -> dict[str, str]:
    """Labels of criteria; for what the draft has not, those of the form in use in its place, else of what
    judges its calls today: the base form or any other.
    """
    settings = _session.settings()
    known = {name: one for name, (one, _) in forms.in_use(settings).items()}
    base = places_of(settings)[0].id
    nearest = [known[name] for name in (base, form.id) if name in known]
    lines: list[Criterion] = []
    for one in (*known.values(), *nearest, form):
        lines += one.rules if isinstance(one, Pack) else one.criteria
    return {line.id: own(line.label, line.label_en) for line in lines}


def _ways(trial: Trial, names: dict[str, str]) -> str:
    """How many verdicts flip, by criterion and way."""
    rows = [
        f"| {plain(names.get(criterion, criterion))} | {_way(way)} | {n} |"
        for (criterion, way), n in sorted(trial.ways.items(), key=lambda one: -one[1])
    ]
    heads = f"| {t('Criterio')} | {t('Antes → después')} | {t('Veredictos')} |"
    return "\n".join([heads, "|---|---|---:|", *rows])


def _way(way: str) -> str:
    old, new = way.split("→")
    return t("{old} → {new}", old=_outcome(old), new=_outcome(new))


def _outcome(name: str) -> str:
    words = {"pass": t("cumple"), "fail": t("no cumple"), "na": t("no aplica")}
    return f"{SIGNS[name]} {words[name]}" if name in words else t("no se juzga")


def _examples(trial: Trial, names: dict[str, str]) -> None:
    """Some flips, each with its call; a row opens it."""
    rows = [
        _row(place, one, names)
        for place, one in enumerate(lab.turned(_session.store(), _session.viewer(), trial, most=SHOWN))
        if one.recording is not None
    ]
    if not rows:
        return
    st.caption(t("Escuche algunas de cada clase: un cambio que no se explica es un error del borrador."))
    columns = [
        {"id": "call", "label": t("Llamada")},
        {"id": "criterion", "label": t("Criterio")},
        {"id": "before", "label": t("Antes")},
        {"id": "after", "label": t("Después")},
    ]
    picked = listing(columns, rows, key="flips")
    if picked.row:
        st.switch_page("views/call.py", query_params={"call": picked.row.partition(" ")[2]})


def _row(place: int, one: Turned, names: dict[str, str]) -> dict[str, Any]:
    recording = one.recording
    assert recording is not None
    return {
        "id": f"{place} {recording.id}",
        "href": f"call?{urlencode({'call': recording.id})}",
        "cells": {
            "call": {
                "text": recording.debtor_name or recording.agent or t("Llamada"),
                "sub": _formats.day(recording.call_date),
            },
            "criterion": {"text": names.get(one.flip.criterion, one.flip.criterion)},
            "before": _cell(one.flip.before),
            "after": _cell(one.flip.after),
        },
    }


def _cell(verdict: Verdict | None) -> dict[str, str]:
    if verdict is None:
        return {"text": t("no se juzga"), "kind": "na"}
    kind = "review" if verdict.needs_review else verdict.outcome
    return {"sign": SIGNS[kind], "kind": kind, "text": _labels.outcome(verdict), "sub": verdict.told}


def _moved(trial: Trial, names: dict[str, str]) -> None:
    """Agreement with people, of the criteria in which it changes."""
    moved = {
        name: sides
        for name, sides in trial.agreement.items()
        if sides[0].get("accuracy") != sides[1].get("accuracy")
    }
    if not moved:
        return
    rows = [
        f"| {plain(names.get(name, name))} | {_share(old)} | {_share(new)} |"
        for name, (old, new) in moved.items()
    ]
    st.markdown(f"**{t('Coincidencia con personas, donde cambia')}**")
    st.markdown("\n".join([f"| {t('Criterio')} | {t('Antes')} | {t('Después')} |", "|---|---|---|", *rows]))


def _share(side: dict[str, Any]) -> str:
    if not side:
        return _formats.NOTHING
    low, high = side["interval"]
    return counted(
        side["n"], "{share} ({low} a {high}), {n} veredicto", "{share} ({low} a {high}), {n} veredictos",
        share=_formats.percent(side["accuracy"]), low=_formats.percent(low), high=_formats.percent(high),
    )  # fmt: skip


def _fair(probes: tuple[Probe, ...], criteria: dict[str, str]) -> None:
    names: dict[Swap, str] = {
        "names": t("otro nombre del deudor"),
        "agent": t("otro agente"),
        "time": t("otra hora"),
        "company": t("otra empresa"),
    }
    st.markdown(f"**{t('¿Depende de quién es quién?')}**")
    rows = [f"- {_sign(one)} {names[one.swap]}: {_turned(one, criteria)}" for one in probes]
    st.markdown("\n".join(rows))
    st.caption(
        t(
            "{calls}, juzgadas otra vez con un dato cambiado. Lo deseado es que nada cambie.",
            calls=_formats.calls(probes[0].calls),
        )
    )


def _sign(one: Probe) -> str:
    return f":orange[{SIGNS['review']}]" if one.flips else f":green[{SIGNS['pass']}]"


def _turned(one: Probe, criteria: dict[str, str]) -> str:
    n = len(one.flips)
    which = ", ".join(dict.fromkeys(criteria.get(flip.criterion, flip.criterion) for flip in one.flips))
    changed = counted(n, "cambia {n} veredicto", "cambian {n} veredictos") if n else t("no cambia nada")
    parts = (changed, plain(which), counted(one.verdicts, "{n} veredicto", "{n} veredictos"))
    return " · ".join(part for part in parts if part)
