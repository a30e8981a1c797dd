"""Where machine and people agree, criterion by criterion; sessions in which people judge the same calls."""

from __future__ import annotations

import streamlit as st

from coach import agreement, calibrating, calibration, trusts
from views import (
    _address,
    _calibration_past,
    _calibration_session,
    _calibration_sessions,
    _calibration_strict,
    _calibration_trust,
    _session,
)
from views._text import t
from views._widgets import plain


def show() -> None:
    viewer = _session.viewer()
    viewer.require("calibrate")
    number = _address.number("session")
    if number is not None:
        _calibration_session.show(calibrating.session(_session.store(), viewer, number))
        return
    st.title(t("¿En qué coincide la máquina con las personas?"))
    views = {
        "criteria": t("Criterios"),
        "sessions": t("Calibraciones"),
        "people": t("Exigencia"),
        "past": t("Evaluaciones anteriores"),
    }
    sessions = calibration.sessions(_session.store(), viewer)
    waits = any(one.mine and not one.comparable for one in sessions)
    chosen = _address.segments(t("Vista"), "view", views, first="sessions" if waits else "criteria")
    if chosen == "criteria":
        _criteria()
    elif chosen == "sessions":
        _calibration_sessions.show(sessions)
    elif chosen == "people":
        _calibration_strict.show()
    else:
        _calibration_past.show(_calibration_trust.form())


def _criteria() -> None:
    store, viewer, settings = _session.store(), _session.viewer(), _session.settings()
    form = _calibration_trust.form()
    made = trusts.in_use(store, form)
    found = trusts.trust(store, settings, form, made)
    _calibration_trust.answer(form, found, settings)
    rows = agreement.agreement(store, viewer, form, made)
    _calibration_trust.table(form, found, rows)
    said = (made.rubric.split("+")[0], made.nlp_version, made.model)
    st.caption(t("Juzgado por: {made}.", made=plain(" · ".join(part for part in said if part))))


show()
