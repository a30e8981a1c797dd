"""The calls of an agent's sheet, by page, each a way to the call."""

from __future__ import annotations

import streamlit as st

from coach import listings
from coach.rows import CallFilter
from coach.viewers import Viewer
from views import _blind, _rows, _session
from views._list import listing
from views._text import t

SHOWN = 10  # calls on one page of the list


def calls(viewer: Viewer, which: CallFilter) -> None:
    store = _session.store()
    st.subheader(t("Llamadas"))
    page = int(st.session_state.get("sheet-page", 1)) - 1
    found = listings.calls(store, viewer, which, sort="-date", page=page, size=SHOWN)
    _blind.told(which)
    said = listings.objections_in(store, viewer, [row.id for row in found.rows])
    picked = listing(_rows.columns(), _rows.rows(found.rows, said), key="own")
    if found.total > SHOWN:
        st.pagination(-(-found.total // SHOWN), key="sheet-page")
    if picked.row:
        st.switch_page("views/call.py", query_params={"call": picked.row})
