"""Critical failures: those that wait for a person, those confirmed with what was done, those closed."""

from __future__ import annotations

import streamlit as st

from coach import criticals
from views import _address, _call_parts, _critical_cases, _critical_word, _session
from views._text import counted, t

PAGE_SIZE = 10


def show() -> None:
    room = st.container()
    options = {"": t("Por confirmar"), "confirmed": t("Confirmadas"), "closed": t("Cerradas")}
    part = _address.segments(t("Qué se muestra"), "view", options)
    titles = {
        "": t("¿Qué faltas críticas hay que confirmar?"),
        "confirmed": t("¿Qué faltas confirmadas hay que atender?"),
        "closed": t("¿Qué se hizo con las faltas confirmadas?"),
    }
    room.title(titles[part])
    _address.said()
    if part:
        _critical_cases.show(closed=part == "closed", size=PAGE_SIZE)
    else:
        _inbox()


def _inbox() -> None:
    page = int(st.session_state.get("criticals-page", 1)) - 1
    found = criticals.inbox(
        _session.store(), _session.settings(), _session.viewer(), page=page, size=PAGE_SIZE
    )
    if _critical_word.unheard(found.rows):
        st.warning(t("Otra persona ya decidió esa falta mientras usted la miraba: su palabra no se guardó."))
    if not found.rows:
        with st.container(border=True, key="empty"):
            st.markdown(
                t(
                    "No espera ninguna. Cuando Temple oiga una amenaza o una divulgación, "
                    "aparece aquí con su cita."
                )
            )
            st.page_link("views/calls.py", label=t("Ver las llamadas"), icon=":material/call:")
        return
    st.markdown(
        counted(
            found.total,
            "{n} llamada espera la palabra de una persona. Una falta sin confirmar no anula.",
            "{n} llamadas esperan la palabra de una persona. Una falta sin confirmar no anula.",
        )
    )
    for row in found.rows:
        _call_parts.critical_card(row.call, row.criterion, row.verdict, row.now, listed=True)
    if found.total > PAGE_SIZE:
        st.pagination(-(-found.total // PAGE_SIZE), key="criticals-page")


show()
