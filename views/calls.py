"""Which calls deserve a listen today: figures, filters, the list. A row opens its call."""

from __future__ import annotations

import streamlit as st

from coach import criticals, listings, queries, search_places
from coach.rows import CallFilter, Summary
from coach.viewers import Viewer
from views import _blind, _calls_export, _filters, _formats, _rows, _session, _widgets
from views._list import listing
from views._text import counted, t
from views._widgets import Figure

PAGE_SIZE = 25


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    own = viewer.role == "agent"
    st.title(t("¿Cómo salieron mis llamadas?") if own else t("¿Qué llamadas conviene escuchar hoy?"))
    choices = queries.choices(store, viewer)
    if choices.first is None and not queries.summary(store, viewer).calls:
        _nothing_yet(viewer)
        return
    room = st.container()
    which = _filters.call_filter(choices, states=True)
    whole = queries.summary(store, viewer, which)
    with room:
        _figures(whole, own=own)
    sort = _sort()
    page = _page(which, sort)
    found = listings.calls(store, viewer, which, sort=sort, page=page, size=PAGE_SIZE, total=whole.calls)
    st.session_state["list"] = (which, sort)
    _blind.told(which)
    if not found.rows:
        st.info(_filters.none_found(which))
        return
    rows = found.rows
    objections = listings.objections_in(store, viewer, [row.id for row in rows])
    found_at = search_places.places(store, viewer, [row.id for row in rows], which.text)
    grave = [row.id for row in rows if row.critical or row.void]
    failed = criticals.named(store, _session.settings(), viewer, grave)
    drawn = _rows.rows(rows, objections, found_at, failed)
    picked = listing(_rows.columns(), drawn, sort=sort, key="calls")
    _foot(found.total, page)
    if viewer.may("export"):
        _calls_export.downloads(which)
    if picked.row:
        st.switch_page("views/call.py", query_params=_rows.address(picked.row, found_at.get(picked.row)))
    if picked.sort:
        st.session_state["sort"] = picked.sort
        st.rerun()


def _figures(total: Summary, *, own: bool) -> None:
    """What there is in figures; of one's `own` calls without what waits for others."""
    points = total.points
    shown = [
        Figure(t("Llamadas"), str(total.calls), counted(total.evaluable, "{n} evaluable", "{n} evaluables")),
        Figure(t("Puntos"), _formats.mean(points), _formats.calls(points.n)),
        Figure(t("Críticas por confirmar"), str(total.critical), _of(total.calls)),
        Figure(t("Por revisar"), str(total.to_review), _of(total.calls)),
        Figure(t("Promesas firmes"), str(total.firm_promises), _of(total.calls)),  # any call may hold one
    ]
    _widgets.figures([*shown[:2], *shown[4:]] if own else shown, key="figures")


def _of(calls: int) -> str:
    return counted(calls, "de {n} llamada", "de {n} llamadas")


def _sort() -> str:
    """The order asked for, «-» before it where descending; what deserves a listen by default."""
    wanted = st.session_state.setdefault("sort", st.query_params.get("sort", listings.ATTENTION))
    sort = wanted if wanted.removeprefix("-") in listings.ORDERS else listings.ATTENTION
    _widgets.keep_in_address("sort", "" if sort == listings.ATTENTION else sort)
    return sort


def _page(which: CallFilter, sort: str) -> int:
    """The page to show, from 0; other filters or another order start at the first."""
    if st.session_state.get("list") != (which, sort):
        st.session_state.pop("page", None)
    return int(st.session_state.get("page", 1)) - 1


def _foot(total: int, page: int) -> None:
    first = page * PAGE_SIZE + 1
    last = min(total, first + PAGE_SIZE - 1)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        span = t("{first}–{last} de {total} llamadas", first=first, last=last, total=total)
        st.caption(span if total > PAGE_SIZE else _formats.calls(total))
        if total > PAGE_SIZE:
            st.pagination(-(-total // PAGE_SIZE), key="page")


def _nothing_yet(viewer: Viewer) -> None:
    with st.container(border=True, key="empty"):
        if viewer.role == "agent":
            st.markdown(t("Aquí verá sus llamadas evaluadas cuando se las entreguen."))
            return
        st.markdown(t("Aquí verá las llamadas evaluadas, primero las que conviene escuchar."))
        if viewer.may("upload"):
            st.page_link("views/upload.py", label=t("Subir grabaciones"), icon=":material/upload:")


show()
