"""The ledger of promises: what falls due, what was kept, what was agreed and not repeated."""

from __future__ import annotations

from datetime import date

import streamlit as st

from coach import ledger, other_money, queries
from coach.ledger import Asked, LedgerFilter
from views import _address, _filters, _formats, _payments_in, _promise_parts, _session
from views._list import listing
from views._text import t

PAGE_SIZE = 25


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    st.title(t("¿Qué promesas vencen, y cuáles se cumplieron?"))
    choices = queries.choices(store, viewer)
    if choices.last is None:
        with st.container(border=True, key="empty"):
            st.markdown(t("Aquí verá las promesas de pago de las llamadas, con su día y lo que se pagó."))
        return
    which, looked_at = _filters.of_days(_filters.call_filter(choices, states=False), choices.last)
    asked = Asked(_session.settings(), viewer, which)
    kinds = _promise_parts.kinds(date.today())
    whole = ledger.summary(store, asked)
    if not sum(whole.states.values()) + whole.withdrawn:
        st.info(t("En estas llamadas no hay promesas. Quite algún filtro para ver más."))
        return
    due = ledger.summary(store, asked, kinds["week"])
    _promise_parts.numbers(whole, due)
    days = _formats.days(looked_at.since, looked_at.until)
    st.caption(t("De llamadas {days}; con otras fechas, otras promesas.", days=days))
    names, opens = _promise_parts.names(), _promise_parts.opening(whole, due)
    chosen = _address.segments(t("Vista"), "show", names, first=opens)
    _rows(asked, kinds[chosen], chosen, whole.country)
    if viewer.may("export"):
        _promise_parts.downloads(asked, kinds[chosen])
    if viewer.may("upload"):
        _payments_in.bring_in()


def _rows(asked: Asked, kind: LedgerFilter, chosen: str, country: str | None) -> None:
    if st.session_state.get("ledger-of") != (asked.which, chosen):
        st.session_state["ledger-of"] = (asked.which, chosen)
        st.session_state.pop("ledger-page", None)
    page = int(st.session_state.get("ledger-page", 1)) - 1
    found = ledger.ledger(_session.store(), asked, kind, page=page, size=PAGE_SIZE)
    if not found.total:
        st.info(t("Ninguna promesa está así. Elija otra vista."))
        return
    others = other_money.of_promises(
        _session.store(), asked.settings, [row.recording_id for row in found.rows]
    )
    picked = listing(_promise_parts.columns(), _promise_parts.rows(found.rows, country, others), key="ledger")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        first = page * PAGE_SIZE + 1
        last = min(found.total, first + PAGE_SIZE - 1)
        st.caption(t("{first}–{last} de {total} promesas", first=first, last=last, total=found.total))
        if found.total > PAGE_SIZE:
            st.pagination(-(-found.total // PAGE_SIZE), key="ledger-page")
    if picked.row:
        st.switch_page("views/call.py", query_params={"call": picked.row})


show()
