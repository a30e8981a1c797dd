"""A person's word on a critical failure: what it does is said before, and it can be taken back after."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from coach import critical_cases
from coach.acts import LONGEST
from coach.critical_cases import Case, Fault
from coach.criticals import CriticalRow
from coach.types import Call
from rubrics.settled import Settled
from rubrics.types import Criterion
from views import _address, _formats, _session
from views._text import own, t
from views._widgets import plain

_SAID = "criticals-said"  # calls and criteria that this session has decided


def decide(call: Call, criterion: Criterion, now: Settled) -> None:
    """Confirm the failure, after being told what that does, or dismiss it with a reason."""
    key = f"{call.id}-{criterion.id}"
    label = own(criterion.label, criterion.label_en)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if _session.store().wordless(call.id):
            st.caption(t("Su texto se borró: sin prueba no se confirma, solo se puede descartar."))
        else:
            _confirm(call, criterion, label, now)
        with st.popover(t("No es una falta"), icon=":material/undo:"):
            reason, asked = _why(f"why-{key}", t("Guardar"), f"dismiss-{key}")
            if asked and _address.done(lambda: _dismiss(call, criterion.id, label, reason)):
                st.rerun()


def unheard(rows: Iterable[CriticalRow]) -> bool:
    """Whether a word was just given on a failure that is no longer among `rows`: somebody else was quicker,
    and its button is not drawn any more. One's own word that was sent twice was heard the first time.
    """
    there = {f"{row.call.id}-{row.criterion.id}" for row in rows}
    said: set[str] = st.session_state.get(_SAID, set())
    said -= there  # it waits again
    clicked = (str(key).partition("-") for key, value in st.session_state.items() if value is True)
    return any(what in ("confirm", "dismiss") and of not in there | said for what, _, of in clicked)


def _heard(call: Call, criterion: str) -> None:
    st.session_state.setdefault(_SAID, set()).add(f"{call.id}-{criterion}")


def _confirm(call: Call, criterion: Criterion, label: str, now: Settled) -> None:
    with st.popover(t("Es una falta"), icon=":material/gavel:"):
        st.markdown(_voids(now))
        st.caption(t("Queda con su nombre. Si fue un error, se retira en «Críticas», «Confirmadas»."))
        sure = st.button(t("Sí, es una falta"), key=f"confirm-{call.id}-{criterion.id}", type="primary")
        if sure and _address.attempt(_session.decide, call, criterion.id, "fail", ""):
            _heard(call, criterion.id)
            said = t("«{label}» queda confirmada. {voids}", label=label, voids=_voided(now))
            _address.say_later(plain(said))
            st.rerun()


def _dismiss(call: Call, criterion: str, label: str, reason: str) -> None:
    after = _session.decide(call, criterion, "pass", reason)
    _heard(call, criterion)
    points = _formats.standing(after)
    said = t("«{label}» queda descartada. Puntos: {points}.", label=label, points=points)
    _address.say_later(plain(said))


def _why(key: str, label: str, button: str) -> tuple[str, bool]:
    """The reason, and whether it was sent: a form, so that what is being typed goes along with the click."""
    with st.form(f"form-{key}", border=False):
        reason = st.text_area(t("¿Por qué? El agente lo va a leer."), key=key, max_chars=LONGEST)
        return reason, st.form_submit_button(label, key=button)


def take_back(case: Case, fault: Fault) -> None:
    """Take a confirmed failure back with a reason; of a call in a signed month, why that is not done here."""
    if case.month is not None:
        month = _formats.month(case.month)
        st.caption(
            t("Está en el mes firmado de {month}: no se retira. Va como ajuste, en Cierre.", month=month)
        )
        return
    key = f"{case.call.id}-{fault.criterion.id}"
    label = own(fault.criterion.label, fault.criterion.label_en)
    with st.popover(t("Retirar la falta"), type="tertiary", icon=":material/undo:"):
        st.markdown(t("Deja de ser una falta y la llamada recupera sus puntos, si no tiene otra confirmada."))
        reason, wanted = _why(f"back-why-{key}", t("Retirarla"), f"back-{key}")
        store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
        of = (store, settings, viewer, case.call.id, fault.criterion.id, reason)
        if wanted and _address.attempt(critical_cases.take_back, *of):
            _address.say_later(plain(t("«{label}» ya no es una falta de esta llamada.", label=label)))
            st.rerun()


def _voids(now: Settled) -> str:
    """What the word does to the points."""
    if now.void:
        return t("La llamada ya está anulada por otra falta: sigue en 0 puntos.")
    if now.points is None:
        return t("La llamada queda anulada, con 0 puntos.")
    return t("La llamada queda anulada: pasa de {points} a 0 puntos.", points=_formats.standing(now))


def _voided(now: Settled) -> str:
    """The same, once it is done."""
    if now.void or now.points is None:
        return t("La llamada está anulada, con 0 puntos.")
    return t("La llamada está anulada: pasó de {points} a 0 puntos.", points=_formats.standing(now))
