"""On a call: the way to a clip for class around one of its objections."""

from __future__ import annotations

import streamlit as st

from coach import clips, drafts, viewers
from coach.clip_cut import LONGEST_S, SHORTEST_S
from coach.clip_judged import unjudged
from coach.clips import LONGEST
from coach.types import Call, CoachError
from nlp.labels import labels
from views import _address, _clip_words, _formats, _labels, _pages, _session
from views._text import refusal, t
from views._widgets import plain


def offer(call: Call) -> None:
    """For who may propose one, where the call has sound and an objection."""
    viewer = _session.viewer()
    met = _objections(call)
    if not (clips.may_propose(viewer) and _pages.has(viewer.role, "clips")):
        return
    if call.transcript.recording.audio is None or not met:
        return
    with st.expander(t("Recorte para clase"), icon=":material/content_cut:"):
        lengths = {"least": round(SHORTEST_S), "most": round(LONGEST_S)}
        st.caption(t("De {least} a {most} segundos alrededor de una objeción.", **lengths))
        st.caption(_clip_words.silent())
        st.caption(t("Nadie lo oye en clase hasta que se aprueba."))
        _form(call, met)
        proposed = {"view": "proposed"}
        st.page_link("views/clips.py", label=t("Ver los recortes propuestos"), query_params=proposed)


def _objections(call: Call) -> dict[int, str]:
    """The objections of the call by their turn, of which the viewer may be told elsewhere too."""
    known = labels().objections
    told = viewers.told(_session.viewer(), known)
    return {one.quote.turn: one.label for one in call.findings.findings if one.label in told}


def _form(call: Call, met: dict[int, str]) -> None:
    store, viewer = _session.store(), _session.viewer()
    turns = call.transcript.turns

    def name(turn: int) -> str:
        at = turns[turn].start_s
        when = f" · {_formats.clock(at)}" if at is not None else ""
        return f"{_labels.finding(met[turn])}{when}"

    turn = st.selectbox(t("Objeción"), list(met), format_func=name, key=f"clip-turn-{call.id}")
    try:
        start, end = clips.suggested(store, viewer, call.id, turn)
    except CoachError as error:
        st.info(plain(refusal(error)))
        return
    whole = call.transcript.recording.duration_s or call.transcript.duration_s or end
    span = st.slider(
        t("Desde y hasta, en segundos de la llamada"),
        0.0,
        float(whole),
        (start, end),
        step=0.5,
        key=f"clip-span-{call.id}-{turn}",
    )
    start, end = span
    places = {"start": _formats.clock(start), "end": _formats.clock(end)}
    st.caption(t("De {start} a {end} · {n} s", **places, n=f"{end - start:.0f}"))
    called = t("Título: qué se aprende al oírlo, sin nombres")
    blind = drafts.hides(store, viewer, call.id)  # who judges it is not told what was failed in it
    if names := () if blind else unjudged(call, start, end):
        _clip_words.waits(call, names)
    title = st.text_input(called, key=f"clip-title-{call.id}", max_chars=LONGEST["title"])
    more = t("Nota para la clase (opcional)")
    note = st.text_input(more, key=f"clip-note-{call.id}", max_chars=LONGEST["note"])
    asked = st.button(t("Proponer el recorte"), key=f"clip-{call.id}")
    what = (met[turn], span, title, note)
    if asked and _address.attempt(clips.propose, store, viewer, call.id, *what):
        st.success(t("El recorte está propuesto: queda oírlo y aprobarlo."), icon=":material/check:")
