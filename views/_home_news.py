"""What a person was told and has not read, on «Inicio»."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coach import dispute_rows, notices, queries
from coach.notices import Notice
from coach.types import CoachError
from views import _call_parts, _coaching_words, _formats, _pages, _session
from views._text import counted, quoted, t
from views._widgets import plain

MOST_LINKS = 30  # of the calls that one notice stands for
_DISPUTES = ("dispute_upheld", "dispute_dismissed", "dispute_void")


def news(told: Sequence[Notice]) -> None:
    """Answers and other things that the person has not read yet."""
    st.subheader(t("Novedades"))
    for one in told:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"news-{one.id}"):
            with st.container():
                st.markdown(plain(_told(one)))
                if why := _answer(one):
                    st.caption(plain(t("Respuesta: {why}", why=why)))
                _bundled(one)
            _way(one)
            if one.kind != "release_withdrawn" and one.recording_id:
                address = _pages.led({"call": one.recording_id})
                st.page_link("views/call.py", label=t("Ver la llamada"), query_params=address)
            if st.button(t("Ya lo leí"), key=f"read-{one.id}", type="tertiary"):
                notices.mark_read(_session.store(), _session.viewer(), one)
                st.rerun()


def _way(one: Notice) -> None:
    """From what was told of practice to where it is done."""
    role, of = _session.viewer().role, str(one.of or "")
    if one.kind == "session_opened":
        st.page_link("views/session.py", label=t("Ir a la sesión"), query_params={"session": of})
    elif one.kind in ("plan_made", "plan_ended") and _pages.has(role, "agent"):
        st.page_link("views/agent.py", label=t("Ver mi plan"))
    elif one.kind == "drill_assigned" and _pages.has(role, "practice"):
        st.page_link("views/practice.py", label=t("Ir a practicar"))


def _bundled(one: Notice) -> None:
    """The calls that a notice of many stands for; each that is opened leaves it."""
    if not one.bundle:
        return
    with st.expander(t("Ver las llamadas")):
        for each in one.bundle[:MOST_LINKS]:
            address = _pages.led({"call": each.recording_id or ""})
            st.page_link("views/call.py", label=plain(_call(each)), query_params=address)
        if (more := len(one.bundle) - MOST_LINKS) > 0:
            st.caption(counted(more, "y {n} llamada más", "y {n} llamadas más"))


def _told(one: Notice) -> str:
    label = _disputed(one) if one.kind in _DISPUTES else ""
    if one.kind == "drill_assigned":
        return t("Le pidieron practicar: {title}.", title=_coaching_words.asked(one.title))
    if one.kind == "plan_made":
        return t("Tiene un plan nuevo: qué trabajar y para cuándo.")
    if one.kind == "plan_ended":
        return _coaching_words.over(one.title)
    if one.kind == "session_opened":
        return t("Participa en una práctica en grupo: {title}.", title=_coaching_words.asked(one.title))
    if one.kind == "dispute_upheld":
        return t("✓ Aceptaron su apelación de {label}.", label=label)
    if one.kind == "dispute_dismissed":
        return t("– No se aceptó su apelación: {label}, el veredicto sigue como estaba.", label=label)
    if one.kind == "dispute_void":
        return t(
            "– Su apelación terminó sin decisión: {label}. La llamada se evaluó de nuevo, ese criterio ya no "
            "se juzga en ella y nada cuenta en contra por él.",
            label=label,
        )
    if one.kind == "commented":
        return t("Le dejaron un comentario en una llamada que ya había leído: {call}.", call=_call(one))
    if one.bundle:
        return t(
            "– {n} llamadas suyas se evaluaron de nuevo y bajaron. Véalas: si alguna tiene un «no cumple» "
            "nuevo, se puede apelar.",
            n=one.n,
        )
    if one.kind == "judged_worse":
        return t(
            "– Una llamada que le habían entregado se juzga ahora peor que antes. Véala: si tiene un «no "
            "cumple» nuevo, se puede apelar."
        )
    return t("– Retiraron una llamada que le habían entregado.")


def _answer(one: Notice) -> str:
    """Why a dispute was decided so; "" for what was no dispute, or is out of reach by now."""
    if one.kind not in _DISPUTES or not one.recording_id:
        return ""
    try:
        rows = dispute_rows.of_call(_session.store(), _session.viewer(), one.recording_id)
    except CoachError:
        return ""
    return next((row.decision for row in reversed(rows) if row.criterion == one.criterion), "")


def _call(one: Notice) -> str:
    """«Rosa Marín · lun 9 nov 2026»."""
    who = one.debtor or t("Llamada")
    return " · ".join(part for part in (who, _formats.day(one.call_date)) if part)


def _disputed(one: Notice) -> str:
    """What people read for the criterion, and «, de la llamada con Rosa Marín, lun 9 nov»; of a call that is
    out of reach the criterion alone.
    """
    alone = quoted(one.criterion.replace("_", " "))
    if not one.recording_id:
        return alone
    try:
        call = queries.call(_session.store(), _session.viewer(), one.recording_id)
    except CoachError:
        return alone
    its = call.transcript.recording
    day = _formats.short_day(its.call_date) if its.call_date else ""
    who = t("de la llamada con {who}", who=its.debtor_name) if its.debtor_name else t("de una llamada")
    label = quoted(_call_parts.label_of(call, one.criterion))
    return ", ".join(part for part in (label, who, day) if part)
