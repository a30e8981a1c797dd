"""Who saw, changed, exported what: the audit log, by person, action, what it was about, and days."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

import streamlit as st

from coach import audit
from coach.audit import Asked
from coach.tables import FOR_SPREADSHEETS
from coach.workdays import begins
from views import _address, _formats, _log_words, _session
from views._text import language, t
from views._widgets import keep_in_address

PAGE_SIZE = 50


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    viewer.require("audit")
    st.title(t("¿Quién vio, cambió o exportó qué?"))
    if viewer.role == "auditor":
        st.caption(t("Lo que pasó con las llamadas de sus carteras."))
    asked = _asked()
    page = _page(asked)
    found = audit.entries(store, viewer, **asdict(asked), page=page, size=PAGE_SIZE)
    if not found.rows:
        st.info(t("No hay nada anotado con estos filtros. Quite alguno para ver más."))
        return
    st.markdown(_log_words.table(found.rows))
    first, last = page * PAGE_SIZE + 1, min(found.total, (page + 1) * PAGE_SIZE)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(t("{first}–{last} de {total} anotaciones", first=first, last=last, total=found.total))
        if found.total > PAGE_SIZE:
            st.pagination(-(-found.total // PAGE_SIZE), key="log-page")
    if viewer.may("export"):
        _export(asked)


def _asked() -> Asked:
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        login = _address.words(t("Usuario"), "login", t("como entra a Temple"), of="log")
        action = _address.choice(t("Qué hizo"), "action", _log_words.actions(), t("Cualquier cosa"), of="log")
        kind = _address.choice(t("Con qué"), "kind", _log_words.kinds(), t("Todo"), of="log")
        named = kind and kind not in _log_words.NAMELESS
        which = _address.words(t("Cuál"), "which", t("usuario o id"), of="log") if named else ""
        key = _address.first("days", _days, of="log")
        days = st.date_input(t("Fechas"), value=[], format=_formats.date_field(), key=key)
    since, until = [*days, None, None][:2] if isinstance(days, tuple) else (None, None)
    keep_in_address("days", "_".join(day.isoformat() for day in (since, until) if day))
    return Asked(
        login.strip().casefold(),
        action,
        f"{kind}:{which.strip()}" if named else kind,
        _start(since),
        _start(until + timedelta(days=1)) if until else None,
    )


def _days(written: str) -> tuple[date, ...] | None:
    try:
        return tuple(date.fromisoformat(day) for day in written.split("_"))[:2]
    except ValueError:
        return None


def _start(day: date | None) -> datetime | None:
    return begins(day) if day else None


def _page(asked: Asked) -> int:
    """The page to show, from 0; other filters start at the first."""
    if st.session_state.get("log-asked") != asked:
        st.session_state["log-asked"] = asked
        st.session_state.pop("log-page", None)
    return int(st.session_state.get("log-page", 1)) - 1


def _export(asked: Asked) -> None:
    """Made when asked for: that it was taken out is in the log too."""
    if st.button(t("Preparar el CSV"), icon=":material/table:"):
        st.download_button(
            t("Descargar (CSV)"),
            audit.write_csv(_session.store(), _session.viewer(), asked, language()).encode(FOR_SPREADSHEETS),
            file_name=f"{t('registro')}.csv",
            mime="text/csv",
            icon=":material/download:",
        )


show()
