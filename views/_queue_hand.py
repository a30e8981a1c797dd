"""What is done with the ticked calls of the queue: given to a person, given back, taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import streamlit as st

from coach import by_name, handing
from coach.handing import Handed, Taker
from coach.task_rows import TaskRow
from coach.types import CoachError
from views import _address, _session
from views._list import Ticks
from views._text import counted, refusal, retold, t
from views._widgets import plain

ROUND, REFUSED = "queue-round", "queue-refused"
PANEL_PX = 340  # else a popover is as wide as its longest sentence


def ticks(shown: Hashable) -> Ticks:
    """Boxes for the rows; other rows than before (`shown`), or something done with them, empty all."""
    before, number = st.session_state.get(ROUND, (shown, 0))
    number += before != shown
    st.session_state[ROUND] = (shown, number)
    return Ticks(t("Marcar la llamada de"), t("Marcar todas"), number)


def told() -> None:
    """What became of the calls that were handed on in the run before."""
    _address.said()
    for why, n in st.session_state.pop(REFUSED, {}).items():
        st.warning(
            counted(
                n,
                "{n} llamada queda como estaba. {why}",
                "{n} llamadas quedan como estaban. {why}",
                why=plain(retold(why)),
            )
        )


def bar(chosen: Sequence[TaskRow]) -> None:
    """What can be done with the ticked rows."""
    viewer = _session.viewer()
    movable = [row for row in chosen if handing.may_move(viewer, row)]
    held = [row for row in chosen if handing.may_give_back(viewer, row)]
    with st.container(horizontal=True, vertical_alignment="center", key="hand"):
        st.caption(_ticked(len(chosen), len(chosen) - len(movable)))
        _assign(movable)
        _give_back(held)
        _drop(movable)


def _ticked(n: int, busy: int) -> str:
    if not n:
        return t("Marque llamadas para asignarlas, devolverlas o quitarlas de la cola.")
    said = counted(n, "{n} llamada marcada.", "{n} llamadas marcadas.")
    if busy:
        stays = counted(
            busy,
            "{n} la está revisando otra persona: queda con ella.",
            "{n} las están revisando otras personas: quedan con ellas.",
        )
        return f"{said} {stays}"
    return said


def _assign(rows: list[TaskRow]) -> None:
    icon = ":material/person_add:"
    with st.popover(t("Asignar a…"), key=f"assign-{_round()}", icon=icon, type="tertiary", disabled=not rows):
        if rows:
            _to_whom(rows)


def _to_whom(rows: list[TaskRow]) -> None:
    number = _round()
    with st.container(width=PANEL_PX):
        found = handing.takers(_session.store(), _session.settings(), _session.viewer(), _ids(rows))
        people = {one.user_id: one for one in found}
        chosen = st.selectbox(
            t("Quién revisa"),
            list(people),
            format_func=lambda one: _load(people[one]),
            index=None,
            placeholder=t("Elija a una persona"),
            key=f"taker-{number}",
        )
        taker = None if chosen is None else people.get(chosen)
        if taker and taker.seen:
            st.caption(_saw(taker, len(rows)))
        going = [row for row in rows if taker and row.id not in taker.seen]
        label = counted(len(going), "Asignar {n} llamada", "Asignar {n} llamadas") if going else t("Asignar")
        if st.button(label, key="assign", disabled=not going) and taker:
            _give(going, taker)


def _give(rows: list[TaskRow], taker: Taker) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    handed = handing.assign(store, settings, viewer, _ids(rows), taker.user_id)
    said = counted(
        handed.done,
        "{n} llamada queda a nombre de {name}: la ve en Inicio.",
        "{n} llamadas quedan a nombre de {name}: las ve en Inicio.",
        name=plain(taker.name),
    )
    _end(handed, said)


def _load(taker: Taker) -> str:
    """«Luz Peña · 3 en sus manos, 1 vencida»"""
    name = t("usted") if taker.user_id == _session.viewer().user_id else taker.name
    hand = t("{n} en sus manos", n=taker.waiting) if taker.waiting else t("nada en sus manos")
    late = counted(taker.overdue, "{n} vencida", "{n} vencidas") if taker.overdue else ""
    return f"{name} · {', '.join(part for part in (hand, late) if part)}"


def _saw(taker: Taker, of: int) -> str:
    n = len(taker.seen)
    if taker.user_id == _session.viewer().user_id:
        return t(
            "Usted ya vio lo que dijo Temple de {n} de {of}, las calibra o las atendió: esas las revisa otra "
            "persona.",
            n=n,
            of=of,
        )
    return t(
        "{name} ya vio lo que dijo Temple de {n} de {of}, las calibra o las atendió: esas las revisa otra "
        "persona.",
        name=plain(taker.name),
        n=n,
        of=of,
    )


def _give_back(rows: list[TaskRow]) -> None:
    """One's own at once; what an admin takes from others is asked first."""
    label, icon, number = t("Devolver a la cola"), ":material/undo:", _round()
    others = {row.assignee or "" for row in rows if row.assigned_to != _session.viewer().user_id}
    if not others:
        if st.button(label, key="give-back", icon=icon, type="tertiary", disabled=not rows):
            _free(rows)
        return
    with (
        st.popover(label, key=f"give-back-{number}", icon=icon, type="tertiary"),
        st.container(width=PANEL_PX),
    ):
        st.markdown(
            t(
                "Están a nombre de {names}. Lo que ya se hizo en una revisión se guarda.",
                names=", ".join(plain(name) for name in sorted(others, key=by_name.key)),
            )
        )
        if st.button(counted(len(rows), "Devolver {n} llamada", "Devolver {n} llamadas"), key="give-back"):
            _free(rows)


def _free(rows: list[TaskRow]) -> None:
    handed = handing.give_back(_session.store(), _session.viewer(), _ids(rows))
    _end(handed, counted(handed.done, "{n} llamada volvió a la cola.", "{n} llamadas volvieron a la cola."))


def _drop(rows: list[TaskRow]) -> None:
    label, icon = t("Quitar de la cola"), ":material/playlist_remove:"
    with st.popover(label, key=f"drop-{_round()}", icon=icon, type="tertiary", disabled=not rows):
        if rows:
            _without_review(rows)


def _without_review(rows: list[TaskRow]) -> None:
    with st.container(width=PANEL_PX):
        st.markdown(t("Sale sin revisión y no vuelve a sortearse. Desde la llamada se puede revisar igual."))
        why = st.text_area(t("¿Por qué no se revisa? Queda en el registro."), key=f"why-{_round()}")
        if not st.button(counted(len(rows), "Quitar {n} llamada", "Quitar {n} llamadas"), key="drop"):
            return
        try:
            handed = handing.drop(_session.store(), _session.settings(), _session.viewer(), _ids(rows), why)
        except CoachError as refused:
            st.warning(plain(refusal(refused)))
            return
        _end(
            handed, counted(handed.done, "{n} llamada salió de la cola.", "{n} llamadas salieron de la cola.")
        )


def _end(handed: Handed, said: str) -> None:
    """Say what became of them in the next run, with every box empty."""
    if handed.done:
        _address.say_later(said)
    st.session_state[REFUSED] = dict(Counter(handed.refused))
    shown, number = st.session_state[ROUND]
    st.session_state[ROUND] = (shown, number + 1)
    st.rerun()


def _round() -> int:
    """In the keys of popovers and their fields: a new round begins with all of them closed and empty."""
    return int(st.session_state[ROUND][1])


def _ids(rows: Sequence[TaskRow]) -> list[int]:
    return [row.id for row in rows]
