"""Programs that may read: their tokens, what they reach, when they asked last."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from coach import queries, teams, tokens
from coach.gate import PROGRAMS
from coach.tokens import Token
from coach.workdays import local_day
from views import _address, _formats, _session
from views._text import counted, t
from views._widgets import plain


def show() -> None:
    st.markdown(
        t(
            "Un programa, como una hoja de cálculo o un tablero, lee las cifras con un token. No ve audio, "
            "nombres de titulares ni cuentas. Qué cifras hay y cómo se piden lo dice **{address}**, en esta "
            "misma dirección y con el token.",
            address=f"{PROGRAMS}openapi.json",
        )
    )
    _made()
    known = tokens.list_tokens(_session.store(), _session.viewer())
    if not known:
        with st.container(border=True, key="empty"):
            st.markdown(t("Aquí verá los programas que pueden leer. Cree el primer token."))
    for one in known:
        _row(one)
    _new()


def _made() -> None:
    """The token, in the run after it was made and never again."""
    if written := st.session_state.pop("token-made", ""):
        st.success(t("Este es el token. Cópielo ahora: no se puede volver a ver."))
        st.code(written, language=None)


def _row(one: Token) -> None:
    now = datetime.now(UTC)
    with st.container(horizontal=True, key=f"row-token-{one.id}"):
        reach = one.team or one.portfolio or t("toda la casa")
        seen = _address.moment(one.last_used_at) if one.last_used_at else t("nunca")
        parts = [
            f"**{plain(one.name)}** ({plain(one.hint)}…)",
            plain(reach),
            _state(one, now),
            t("último uso: {when}", when=seen),
            counted(one.uses, "{n} consulta", "{n} consultas"),
        ]
        st.markdown(" · ".join(parts), width="stretch")
        if one.good(now):
            _address.offer(
                t("Revocar"), tokens.revoke, _session.store(), _session.viewer(), one.id,
                key=f"revoke-{one.id}", told=t("El token ya no abre nada."),
            )  # fmt: skip


def _state(one: Token, now: datetime) -> str:
    if one.revoked_at is not None:
        return t("revocado")
    end = _formats.day(local_day(one.expires_at))
    return t("vale hasta el {day}", day=end) if one.good(now) else t("venció el {day}", day=end)


def _new() -> None:
    store, viewer = _session.store(), _session.viewer()
    names = {"all": t("Toda la casa"), "team": t("Un equipo"), "portfolio": t("Una cartera")}
    with st.popover(t("Crear un token"), icon=":material/add:"):
        name = st.text_input(t("Programa"), key="token-name", max_chars=60)
        reach = st.selectbox(
            t("Qué alcanza"), tokens.REACHES, key="token-reach", format_func=names.__getitem__
        )
        team_id, portfolio = None, ""
        if reach == "team":
            known = {team.id: f"{team.site} / {team.name}" for team in teams.list_teams(store, viewer)}
            team_id = st.selectbox(
                t("Equipo"), list(known), key="token-team", format_func=known.__getitem__,
                placeholder=t("ninguno"),
            )  # fmt: skip
        elif reach == "portfolio":
            held = queries.choices(store, viewer).portfolios
            portfolio = (
                st.selectbox(t("Cartera"), held, key="token-portfolio", placeholder=t("ninguna")) or ""
            )
        days = st.number_input(t("Días que vale"), 1, tokens.MOST_DAYS, tokens.USUAL_DAYS, key="token-days")
        pace = st.number_input(
            t("Consultas por minuto"), 1, tokens.MOST_PER_MINUTE, tokens.USUAL_PER_MINUTE, key="token-pace"
        )

        def make() -> None:
            st.session_state["token-made"] = tokens.create(
                store, viewer, name, reach, team_id=team_id, portfolio=portfolio, days=int(days),
                per_minute=int(pace),
            )  # fmt: skip

        _address.offer(t("Crear"), make, key="make-token")
