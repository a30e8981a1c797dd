"""The cards of an agent's sheet. Words of calls go through `plain`."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coach.intervals import Mean
from coach.own_calls import Example
from coach.peers import LEAST_COLLEAGUES, LEAST_OWN, Beside
from coach.rows import Summary
from coach.shield import read_around
from coach.team_figures import Lost
from views import _formats, _pages
from views._formats import SIGNS
from views._text import counted, own, t
from views._text import quoted as quoted_words
from views._widgets import Figure, figures, plain

AROUND = 90  # characters shown on either side of a quote


def answer(mine: Summary, beside: Beside | None, days: str, *, yours: bool) -> None:
    """`yours`: whose calls these are is who looks."""
    with st.container(border=True, key="answer"):
        st.markdown(f"**{_average(mine.points)}**, {days}.")
        if yours:
            st.caption(
                t("Cuenta todas las que le entregaron. El puntaje del mes, solo las sorteadas de ese mes.")
            )
        else:
            st.caption(t("Cuenta todas sus llamadas. El puntaje del mes, solo las sorteadas de ese mes."))
        if beside is None:
            st.markdown(
                t(
                    "Sin comparación con el equipo: hacen falta {n} llamadas con puntos y {m} colegas.",
                    n=LEAST_OWN,
                    m=LEAST_COLLEAGUES,
                )
            )
            return
        st.markdown(_compared(beside, yours=yours))
        counted_of = (
            t("De sus colegas cuentan las llamadas ya entregadas.")
            if yours
            else t("Cuentan también las llamadas que aún no se entregaron; el agente ve las entregadas.")
        )
        st.caption(
            t(
                "Se compara con llamadas del mismo país y tipo y con tantas objeciones como las suyas, en la "
                "misma proporción: nadie queda peor por tener las difíciles. Entran {n} de {total}.",
                n=beside.n,
                total=beside.of,
            )
            + f" {counted_of}"
        )


def _average(mean: Mean) -> str:
    points, n = _formats.mean(mean), mean.n
    if n == 0:
        return t("Todavía sin llamadas con puntos")
    if points == "1":
        return counted(n, "1 punto de promedio en {n} llamada", "1 punto de promedio en {n} llamadas")
    return counted(
        n,
        "{points} puntos de promedio en {n} llamada",
        "{points} puntos de promedio en {n} llamadas",
        points=points,
    )


def _compared(beside: Beside, *, yours: bool) -> str:
    values = {
        "others": _formats.mean(Mean(beside.n, beside.others, beside.margin)),
        "own": _formats.mean(beside.own),
        "n": beside.colleagues,
    }
    if yours:
        said = t(
            "En llamadas parecidas, {n} colegas tienen {others} puntos de promedio y usted {own}.", **values
        )
    else:
        said = t(
            "En llamadas parecidas, {n} colegas tienen {others} puntos de promedio y esta persona {own}.",
            **values,
        )
    if not beside.clear:
        return f"{said} {t('La diferencia cabe en el azar.')}"
    # of the figures as they stand there, so that whoever subtracts them gets the same
    n = round(beside.own.value or 0.0) - round(beside.others)
    if n > 0:
        return f"{said} {counted(n, 'Es {n} punto más.', 'Son {n} puntos más.')}"
    return f"{said} {counted(-n, 'Es {n} punto menos.', 'Son {n} puntos menos.')}"


def numbers(mine: Summary, month: Figure) -> None:
    """What there is in figures, that of the month before all."""
    shown = [
        month,
        Figure(t("Llamadas"), str(mine.calls), counted(mine.evaluable, "{n} evaluable", "{n} evaluables")),
        Figure(
            t("Promesas firmes"),
            str(mine.firm_promises),
            counted(mine.calls, "de {n} llamada", "de {n} llamadas"),  # any call may hold one
        ),
    ]
    figures(shown, key="figures")


def confirmed(faults: Sequence[Example]) -> None:
    """What a person has confirmed, named as it was judged, with the words and what to say instead."""
    for place, one in enumerate(faults):
        with st.container(border=True, key=f"critical-{place}"):
            label = plain(own(*one.named))
            st.markdown(f":red[**{SIGNS['fail']} {label}**] · {t('crítica confirmada')}")
            quoted(one)
            if one.better:
                st.markdown(f"{t('Mejor así:')} {plain(one.better)}")


def to_work_on(lost: Lost, found: Sequence[Example], *, place: int) -> None:
    """One thing to work on: what it asks, where it was missed, and wording to try."""
    criterion = lost.criterion
    with st.container(border=True, height="stretch", key=f"half-work-{place}"):
        st.markdown(f"**{plain(own(criterion.label, criterion.label_en))}**")
        st.caption(t("Se cumple en {share}.", share=_formats.shared(lost.share)))
        st.markdown(plain(own(criterion.help, criterion.help_en)))
        alike = len({one.better for one in found}) == 1  # one line serves all: it is said once
        for one in found:
            missed(one)
            if one.better and not alike:
                st.markdown(f"{t('Mejor así:')} {plain(one.better)}")
        if not found:
            st.caption(t("Ninguna llamada entregada lo muestra todavía."))
        line = (found[0].better if alike else "") or criterion.better
        if line and (alike or not any(one.better for one in found)):
            st.markdown(f"**{t('Pruebe así:')}** {plain(line)}")


def missed(one: Example) -> None:
    """Why a criterion was missed in a call, then the words: these do not say by themselves what they lack."""
    if one.quote is not None and one.reason:
        st.markdown(plain(one.reason))
    quoted(one)


def quoted(one: Example) -> None:
    """The words in their turn, else why; with a way to the place in the call."""
    if one.quote is None:
        st.markdown(f"> {plain(one.reason)}")
    else:
        before, said, after = read_around(one.said, one.quote.start, one.quote.end)
        before = before if len(before) <= AROUND else "… " + before[-AROUND:].partition(" ")[2]
        after = after if len(after) <= AROUND else after[:AROUND].rpartition(" ")[0] + " …"
        st.markdown("> " + quoted_words(f"{plain(before)}**{plain(said.strip())}**{plain(after)}"))
    if one.appealed:
        st.caption(f"{SIGNS['review']} {t('Tiene una apelación abierta: este veredicto puede cambiar.')}")
    if one.lifted:
        st.caption(f"{SIGNS['pass']} {t('Ya no cuenta en contra: este veredicto cambió.')}")
    turn = {"turn": str(one.quote.turn)} if one.quote else {}
    day = _formats.day(one.call_date)
    label = day
    if one.debtor_name and one.has_audio:
        label = t("Oír en la llamada con {who}, {day}", who=one.debtor_name, day=day)
    elif one.debtor_name:
        label = t("Leer en la llamada con {who}, {day}", who=one.debtor_name, day=day)
    st.page_link(
        "views/call.py",
        label=plain(label),
        icon=":material/play_circle:" if one.has_audio else ":material/article:",
        query_params=_pages.led({"call": one.recording_id, **turn}),
    )


def strengths(found: Sequence[Lost]) -> None:
    with st.container(border=True, key="part-well"):
        for one in found:
            name = plain(own(one.criterion.label, one.criterion.label_en))
            st.markdown(f":green[{SIGNS['pass']}] {name}: {_formats.shared(one.share)}")
