"""The cards of the clip library: the sound, what is said with placeholders, what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from coach import clips
from coach.clips import Clip, State
from coach.viewers import Viewer
from views import _address, _clip_words, _formats, _labels, _pages, _session
from views._clip import sound
from views._text import counted, t
from views._widgets import plain


def answer(counts: Mapping[str, int], recalled: int) -> None:
    """What there is, and what was there and waits again."""
    if recalled:
        again = counted(
            recalled,
            "**{n}** recorte que estaba aprobado espera otra vez: véalo en «Propuestos».",
            "**{n}** recortes que estaban aprobados esperan otra vez: véalos en «Propuestos».",
        )
        st.markdown(f":orange[{_formats.SIGNS['review']}] {again}")
    if not counts:
        return
    with st.container(border=True, key="answer"):
        there = counted(
            sum(counts.values()), "Hay **{n}** recorte aprobado", "Hay **{n}** recortes aprobados"
        )
        st.markdown(f"{there}, {_clip_words.about(counts)}")
        st.caption(_clip_words.silent())


def card(viewer: Viewer, one: Clip) -> None:
    with st.container(border=True, key=f"part-clip-{one.id}"):
        st.markdown(f"**{plain(one.title)}**")
        st.caption(" · ".join(plain(part) for part in _facts(one)))
        sound(one.id, failed=t("El audio de este recorte no se puede oír."), key=f"clip-{one.id}")
        if one.note:
            st.markdown(plain(one.note))
        if one.recalled:
            _clip_words.recalled()
        if one.unjudged:
            _clip_words.waits(_session.store().call(one.recording_id), one.unjudged)
        with st.expander(t("Lo que se dice")):
            for line in one.said:
                st.markdown(f"**{_labels.speaker(line.speaker)}:** {plain(line.text)}")
        _acts(viewer, one)


def nothing(viewer: Viewer, state: State) -> None:
    with st.container(border=True, key="empty"):
        if state == "proposed":
            st.markdown(t("Nada espera aprobación. Un recorte se propone al pie de una llamada con audio."))
            return
        st.markdown(
            t("Aquí se oirán tramos cortos de llamadas reales, por objeción y sin decir de quién son.")
        )
        st.caption(_clip_words.silent())
        if clips.may_propose(viewer):
            st.page_link("views/calls.py", label=t("Elegir una llamada"), icon=":material/call:")


def _facts(one: Clip) -> list[str]:
    country = _labels.country(one.country) if one.country else ""
    silent = sum(b - a for a, b in one.muted)
    muted = t("{n} s en silencio", n=round(silent)) if silent else ""
    by = t("propuesto por {name}", name=one.made_by) if one.made_by else ""
    approved = t("aprobado por {name}", name=one.approved_by) if one.approved_by else ""
    if one.made_by and one.made_by == one.approved_by:
        by, approved = t("propuesto y aprobado por {name}", name=one.made_by), ""
    parts = [_labels.finding(one.objection), country, _formats.duration(one.seconds), muted, by, approved]
    return [part for part in parts if part]


def _acts(viewer: Viewer, one: Clip) -> None:
    store = _session.store()
    judge = clips.may_approve(viewer) and one.call
    with st.container(horizontal=True, vertical_alignment="center"):
        if judge and one.state == "proposed" and not (one.blind or one.unjudged):
            _address.offer(
                t("Aprobar"), partial(clips.approve, store, viewer, one.id, shown=one),
                key=f"approve-{one.id}", icon=":material/check:",
                told=t("El recorte ya se puede oír en clase."),
            )  # fmt: skip
        if judge or (one.state == "proposed" and not clips.may_approve(viewer)):
            label = t("Retirar") if one.state == "approved" else t("Descartar")
            _address.offer(
                label, partial(clips.withdraw, store, viewer, one.id), key=f"gone-{one.id}",
                icon=":material/close:", type="tertiary", told=t("Nadie lo oye ya."),
            )  # fmt: skip
        if one.call and viewer.role != "agent":
            st.page_link(
                "views/call.py", label=t("Ver la llamada"), icon=":material/graphic_eq:",
                query_params=_pages.led({"call": one.recording_id, "at": str(round(one.start_s))}),
            )  # fmt: skip
    if judge and one.blind:
        st.caption(t("Usted revisa esta llamada a ciegas: otra persona aprueba este recorte."))
    elif judge and one.state == "proposed":
        st.caption(t("Óigalo entero antes de aprobarlo: un nombre mal entendido puede seguir ahí."))
