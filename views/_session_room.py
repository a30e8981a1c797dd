"""A session that goes on: the talk as it grows, the reply of who plays, one's own points, who is missing."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coach import group_sessions, session_rows, trainees
from coach.group_sessions import LONGEST_NOTE
from coach.session_rows import Session
from coach.viewers import Viewer
from drills.checklist import checklist
from drills.drill import MOST_LETTERS, Play
from views import _address, _coaching_words, _drill_words, _labels, _session
from views._formats import SIGNS
from views._text import counted, several, t
from views._widgets import plain

REFRESH_S = 5


def show(of: Session) -> None:
    play = group_sessions.talk(_session.store(), _session.settings(), _session.viewer(), of.id)
    with st.container(border=True, key="answer"):
        st.markdown(_now(of))
        st.caption(plain(_coaching_words.exercise(of.format)))
        _drill_words.case_card(play.drill.recording, play.drill.scenario, of.format)
    _live(of, play, [])
    if of.phase == "playing":
        if of.leads or of.plays:
            _reply(of)
        _watch(play)
    elif of.scores:
        _score(of, play)
    if of.leads:
        _lead(of)


def _now(of: Session) -> str:
    if of.phase == "playing":
        if of.plays:
            return t("**Usted practica**: responda como en una llamada.")
        return t("Practica **{name}**. Escuche con la lista de abajo a mano.", name=plain(of.player))
    if of.done:
        return f"{SIGNS['pass']} " + t("Su puntaje está entregado. Puede cambiarlo hasta que se compare.")
    if of.plays:
        return t("**Puntúese primero usted**; después puntúan los demás.")
    if not of.player_done:
        return t(
            "Primero se puntúa **{name}**, desde su cuenta. Cuando lo entregue, aquí aparece la lista para "
            "puntuar.",
            name=plain(of.player),
        )
    return t("**Le toca puntuar.** Nadie ve su puntaje hasta que se compare.")


@st.fragment(run_every=REFRESH_S)
def _live(of: Session, play: Play, drawn: list[bool]) -> None:
    """Drawn again by itself; the page follows where something has changed elsewhere. Not the first time, with
    the page: what was just sent would be forgotten. `drawn` is empty then.
    """
    viewer = _session.viewer(touch=False)
    if drawn:
        of, play = _now_of(viewer, of, play)
    else:
        drawn.append(True)
    with st.container(border=True, key="part-talk"):
        for at, turn in enumerate(play.turns):
            mine = t("Usted") if of.plays else of.player
            who = mine if at in play.mine else _labels.speaker(turn.speaker)
            st.markdown(f"**{plain(who)}:** {plain(turn.text)}")
    missing = [seat.name for seat in of.seats if not seat.done]
    if of.phase == "scoring":
        done = len(of.seats) - len(missing)
        said = t("{n} de {total} puntuaron.", n=done, total=len(of.seats))
        waits = t("Faltan: {names}.", names=several(missing)) if missing else ""
        if not of.player_done:
            waits = t("Primero se puntúa {name}; después, los demás.", name=of.player)
        st.caption(plain(f"{said} {waits}"))


def _now_of(viewer: Viewer, of: Session, play: Play) -> tuple[Session, Play]:
    """Both as they are at this moment; the page is drawn anew where they are others than it shows."""
    store, settings = _session.store(), _session.settings()
    now = session_rows.session(store, viewer, of.id)
    said = group_sessions.talk(store, settings, viewer, of.id)
    if (now.phase, now.player_done, said.turns) != (of.phase, of.player_done, play.turns):
        st.rerun()
    return now, said


def _reply(of: Session) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    # another field after each reply that was taken: what was refused, or never came, stays written
    taken = st.session_state.get(f"taken-{of.id}", 0)
    with st.form(f"reply-{of.id}"):
        asked = t("Lo que usted dice") if of.plays else t("Lo que dice {name}", name=plain(of.player))
        text = st.text_area(asked, key=f"said-{of.id}-{taken}", max_chars=MOST_LETTERS)
        if st.form_submit_button(t("Decirlo"), type="primary") and _address.attempt(
            group_sessions.say, store, settings, viewer, of.id, text
        ):
            st.session_state[f"taken-{of.id}"] = taken + 1
            st.rerun()
    _address.offer(
        t("Terminar la práctica"), partial(group_sessions.end_play, store, settings, viewer, of.id),
        key="end-play", type="tertiary", icon=":material/stop:",
    )  # fmt: skip


def _watch(play: Play) -> None:
    """What will be scored, while one listens."""
    with st.expander(t("La lista con la que se puntúa")):
        for rule, most in checklist(play):
            st.markdown(
                f"**{plain(_coaching_words.rule(rule))}** (0–{most}) {plain(_coaching_words.rule_text(rule))}"
            )


def _score(of: Session, play: Play) -> None:
    """One's own points; who looks on waits for who played."""
    if not of.plays and not of.player_done:
        _watch(play)
        return
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    before = group_sessions.own_score(store, viewer, of.id)
    with st.form(f"score-{of.id}"):
        points: dict[str, int] = {}
        for rule, most in checklist(play):
            chosen = st.segmented_control(
                _coaching_words.rule(rule), list(range(most + 1)), default=before.get(rule),
                help=_coaching_words.rule_text(rule), key=f"score-{of.id}-{rule}",
            )  # fmt: skip
            if chosen is not None:
                points[rule] = int(chosen)
        note = st.text_input(
            t("Una cosa que repetir o cambiar (opcional)"), key=f"score-note-{of.id}", max_chars=LONGEST_NOTE
        )
        sent = st.form_submit_button(
            t("Cambiar mi puntaje") if of.done else t("Entregar mi puntaje"), type="primary"
        )
    lacks = [_coaching_words.rule(rule) for rule, _ in checklist(play) if rule not in points]
    if sent and lacks:
        st.error(t("Falta puntuar: {names}. Hágalo y vuelva a entregar.", names=plain(several(lacks))))
        return
    if sent and _address.attempt(group_sessions.score, store, settings, viewer, of.id, points, note):
        st.session_state[f"handed-{of.id}"] = True
        st.rerun()
    if st.session_state.pop(f"handed-{of.id}", False):
        told = t("Puntaje entregado. Puede cambiarlo hasta que se compare.")
        st.success(told, icon=":material/check:")


def _lead(of: Session) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    seated = {seat.user_id for seat in of.seats}
    people = {one.user_id: one.name for one in trainees.trainees(store, viewer)}
    people |= trainees.coaches(store, viewer)
    free = {one: name for one, name in people.items() if one not in seated}
    with st.container(horizontal=True, vertical_alignment="center"):
        if of.phase == "scoring":
            with st.popover(t("Comparar"), icon=":material/compare_arrows:"):
                _waits(of.id)
                st.markdown(t("Todos verán los puntajes de todos y los de la máquina. No se deshace."))
                _address.offer(
                    t("Sí, comparar"), partial(group_sessions.compare, store, settings, viewer, of.id),
                    key="compare",
                )  # fmt: skip
        if free:
            with st.popover(t("Sumar personas"), icon=":material/person_add:"):
                more = st.multiselect(
                    t("Personas"), list(free), format_func=free.__getitem__, key=f"seat-{of.id}",
                    placeholder=t("Elija personas"), select_all=False,
                )  # fmt: skip
                _address.offer(
                    t("Sumarlas"), partial(group_sessions.seat, store, viewer, of.id, more), key="seat",
                    disabled=not more,
                )  # fmt: skip
        with st.popover(t("Descartar")):
            st.markdown(t("La sesión se borra. Lo practicado queda con quien practicó."))
            if st.button(t("Sí, descartar"), key="drop-session") and _address.attempt(
                group_sessions.drop, store, viewer, of.id
            ):
                _address.go(session="")


@st.fragment(run_every=REFRESH_S)
def _waits(number: int) -> None:
    """Who is missing before the comparison, as it is at this moment."""
    of = session_rows.session(_session.store(), _session.viewer(touch=False), number)
    if missing := sum(not seat.done for seat in of.seats):
        st.markdown(counted(missing, "Falta {n} persona por puntuar.", "Faltan {n} personas por puntuar."))
