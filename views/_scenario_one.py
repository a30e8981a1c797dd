"""One scenario in use: the case as a trainer reads it, a try, its versions, and the way to change it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coach import scenarios
from coach.scenarios import Known
from drills.scenario import Scenario
from views import _address, _formats, _labels, _pages, _scenario_try, _session
from views._text import counted, own, t
from views._widgets import plain


def show(one: Known) -> None:
    viewer, settings, case = _session.viewer(), _session.settings(), one.scenario
    st.title(plain(own(case.title, case.title_en)))
    _address.said()
    with st.container(border=True, key="answer"):
        for line in facts(case):
            st.markdown(line)
        if case.notes_for_trainer:
            st.caption(plain(case.notes_for_trainer))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t("Cambiar"), key="change", icon=":material/edit:") and _address.attempt(
            scenarios.begin, settings, viewer, case.id
        ):
            _address.go(scenario="", draft=case.id)
        if _pages.has(viewer.role, "practice"):
            st.page_link(
                "views/practice.py", label=t("Practicarlo"), icon=":material/fitness_center:",
                query_params={"scenario": case.id},
            )  # fmt: skip
        if one.own:
            _retire(case)
    _scenario_try.show(case)
    _versions(case)


def _retire(case: Scenario) -> None:
    with st.popover(t("Retirar"), icon=":material/archive:"):
        st.markdown(t("Deja de ofrecerse para practicar. Se conservan sus versiones y lo practicado."))
        act = partial(scenarios.retire, _session.store(), _session.settings(), case.id, _session.viewer())
        if st.button(t("Sí, retirarlo"), key="retire") and _address.attempt(act):
            _address.say_later(t("El escenario quedó retirado."))
            _address.go(scenario="")


def facts(case: Scenario) -> list[str]:
    """The case in a few lines."""
    owed = _formats.money(case.amount, case.currency, case.country)
    names = ", ".join(_labels.finding(name) for name in case.objections)
    late = counted(case.days_late, "{n} día de atraso", "{n} días de atraso")
    parts = (_labels.country(case.country), case.product, owed, late, t("nivel {n}", n=case.difficulty))
    lines = [
        " · ".join(plain(part) for part in parts),
        f"**{t('Por qué debe')}:** {plain(_labels.debtor(case.debtor_type))}",
        f"**{t('Objeciones')}:** {plain(names)}",
        f"**{t('Puede ofrecer')}:** {plain('; '.join(case.authorized_offers) or _formats.NOTHING)}",
    ]
    if case.hidden_reason:
        lines.append(f"**{t('Motivo oculto')}:** {plain(case.hidden_reason)}")
    if case.bait:
        lines.append(f"**{t('Provocación')}:** {plain(case.bait)}")
    return lines


def _versions(case: Scenario) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    known = scenarios.versions(settings, case.id)
    if not known:
        return
    with st.expander(t("Versiones")):
        for one in known:
            with st.container(horizontal=True, vertical_alignment="center", key=f"row-{one.digest}"):
                who = " · ".join(plain(part) for part in (one.by or "Temple", one.note) if part)
                st.markdown(f"{t('versión {n}', n=one.version)} · {plain(_address.moment(one.at))} · {who}")
                if one.in_use:
                    st.caption(t("en uso"))
                else:
                    restore = partial(scenarios.restore, store, settings, case.id, one.digest, viewer)
                    _address.offer(
                        t("Volver a esta"), restore, key=f"restore-{one.digest}",
                        told=t("Vuelve a usarse esa versión."),
                    )  # fmt: skip
