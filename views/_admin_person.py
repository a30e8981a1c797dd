"""One person: role, account, dialler logins and teams with their dates, an auditor's portfolios."""

from __future__ import annotations

from datetime import date

import streamlit as st

from coach import people, places, teams
from coach.people import LANGUAGES, Person
from coach.places import Held, Joined, Places
from coach.store import Store
from coach.viewers import ROLES, Viewer
from views import _address, _admin_people, _formats, _labels, _session
from views._text import LANGUAGES as LANGUAGE_NAMES
from views._text import counted, t
from views._widgets import plain


def show(login: str) -> None:
    store, viewer = _session.store(), _session.viewer()
    with st.container(key="steps"):
        if st.button(t("Todas las personas"), type="tertiary", icon=":material/arrow_back:"):
            _address.go(person="")
    found: list[tuple[Person, Places]] = []
    if not _address.attempt(
        lambda: found.append((people.person(store, viewer, login), places.places(store, viewer, login)))
    ):
        return
    one, where = found[0]
    st.title(plain(one.name))
    _address.said()
    _admin_people.show_once()
    state = _admin_people.state(one)
    facts = (one.login, _labels.role(one.role), f"{state.get('sign', '')} {state['text']}".strip())
    st.markdown(" · ".join(plain(fact) for fact in facts))
    _account(one)
    _facts(one)
    _logins(one, where.logins)
    _teams(one, where.teams)
    if one.role == "auditor":
        _portfolios(one, where.portfolios)


def _account(one: Person) -> None:
    """A new password, and whether the person may come in."""
    with st.container(horizontal=True):
        if not one.demo:
            with st.popover(t("Nueva contraseña"), icon=":material/key:"):
                st.markdown(t("La actual deja de servir y sus sesiones terminan. La nueva se ve una vez."))
                if st.button(t("Dar una contraseña de un solo uso"), key="reset") and _address.attempt(
                    _reset, one
                ):
                    st.rerun()
        if one.linked:
            with st.popover(t("Cuenta de la empresa"), icon=":material/badge:"):
                st.markdown(
                    t(
                        "Entra con una cuenta de la empresa. Si se olvida, la próxima que traiga su correo "
                        "comprobado toma su lugar; cambiar el correo también la olvida."
                    )
                )
                _address.offer(
                    t("Olvidarla"), people.unlink, *_who(), one.login, key="unlink",
                    told=t("Olvidada. Decide otra vez el correo."),
                )  # fmt: skip
        if one.active:
            with st.popover(t("Desactivar"), icon=":material/block:"):
                st.markdown(
                    t(
                        "Sale en el acto y no puede volver a entrar. Lo que hizo queda; las llamadas que "
                        "tenía para revisar vuelven a la cola."
                    )
                )
                if st.button(t("Sí, desactivar"), key="deactivate") and _address.attempt(_deactivate, one):
                    st.rerun()
        else:
            _address.offer(
                t("Activar"), people.activate, *_who(), one.login, key="activate",
                told=t("La cuenta está activa."),
            )  # fmt: skip


def _deactivate(one: Person) -> None:
    back = people.deactivate(*_who(), one.login)
    calls = counted(
        back,
        "{n} llamada que tenía para revisar volvió a la cola.",
        "{n} llamadas que tenía para revisar volvieron a la cola.",
    )
    told = t("La cuenta está desactivada.")
    _address.say_later(f"{told} {calls}" if back else told)


def _reset(one: Person) -> None:
    _admin_people.once(one, people.reset(*_who(), one.login))


def _facts(one: Person) -> None:
    with st.form("person", border=True):
        with st.container(horizontal=True):
            name = st.text_input(t("Nombre y apellido"), one.name, max_chars=200)
            email = st.text_input(t("Correo (opcional)"), one.email, max_chars=300)
        with st.container(horizontal=True):
            role = st.selectbox(t("Rol"), ROLES, index=ROLES.index(one.role), format_func=_labels.role)
            language = st.selectbox(
                t("Idioma"),
                LANGUAGES,
                index=LANGUAGES.index(one.language),
                format_func=LANGUAGE_NAMES.__getitem__,
            )
        if st.form_submit_button(t("Guardar")) and _address.attempt(
            people.change, *_who(), one.login,
            name=name, email=email, role=role, language=language,
        ):  # fmt: skip
            _address.say_later(t("Guardado."))
            st.rerun()


def _logins(one: Person, held: tuple[Held, ...]) -> None:
    st.subheader(t("Usuarios del marcador"))
    st.caption(t("Con estos usuarios llegan sus llamadas. Una llamada es de quien lo tenía ese día."))
    for place, line in enumerate(held):
        end = _line(f"login-{place}", line.login, line.since, line.until)
        if end and _address.attempt(places.hold, *_who(), one.login, line.login, line.since, end):
            st.rerun()
    with st.popover(t("Agregar un usuario del marcador"), icon=":material/add:"):
        dialler = st.text_input(t("Usuario del marcador"), key="dialler", max_chars=200)
        since, until = _days("dialler")
        _address.offer(
            t("Agregar"), places.hold, *_who(), one.login, dialler, since, until,
            key="dialler-add", told=t("Guardado."),
        )  # fmt: skip


def _teams(one: Person, joined: tuple[Joined, ...]) -> None:
    st.subheader(t("Equipos"))
    for place, line in enumerate(joined):
        name = f"{line.site} · {line.team}" + (f" ({t('dirige')})" if line.leads else "")
        end = _line(f"team-{place}", name, line.since, line.until)
        if end and _address.attempt(
            places.join,
            _session.store(),
            _session.viewer(),
            one.login,
            line.team_id,
            line.since,
            end,
            line.leads,
        ):
            st.rerun()
    known = {team.id: f"{team.site} · {team.name}" for team in teams.list_teams(*_who())}
    if not known:
        st.caption(t("Todavía no hay equipos: agréguelos en «Equipos»."))
        return
    with st.popover(t("Agregar a un equipo"), icon=":material/add:"):
        team = st.selectbox(t("Equipo"), list(known), format_func=known.__getitem__, key="team")
        leads = st.checkbox(t("Lo dirige"), value=one.role == "lead", key="leads")
        since, until = _days("team")
        _address.offer(
            t("Agregar"), places.join, *_who(), one.login, team, since, until, leads,
            key="team-add", told=t("Guardado."),
        )  # fmt: skip


def _portfolios(one: Person, granted: tuple[str, ...]) -> None:
    st.subheader(t("Carteras que puede ver"))
    for place, name in enumerate(granted):
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-portfolio-{place}"):
            st.markdown(plain(name), width="stretch")
            _address.offer(
                t("Quitar"),
                places.revoke,
                *_who(),
                one.login,
                name,
                key=f"revoke-{place}",
                type="tertiary",
            )
    with st.popover(t("Agregar una cartera"), icon=":material/add:"):
        name = st.text_input(t("Cartera"), key="portfolio", max_chars=200)
        _address.offer(
            t("Agregar"),
            places.grant,
            *_who(),
            one.login,
            name,
            key="portfolio-add",
            told=t("Guardado."),
        )


def _who() -> tuple[Store, Viewer]:
    return _session.store(), _session.viewer()


def _line(key: str, name: str, since: date, until: date | None) -> date | None:
    """Something held from a day on; gives the last day where somebody has just set one."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{key}"):
        end = t("sigue") if until is None else t("hasta el {day}", day=_formats.day(until))
        days = t("desde el {day}", day=_formats.day(since))
        st.markdown(f"**{plain(name)}** · {plain(days)} · {plain(end)}", width="stretch")
        if until is not None:
            return None
        with st.popover(t("Cerrar"), key=f"close-{key}"):
            last = st.date_input(
                t("Último día"), date.today(), format=_formats.date_field(), key=f"end-{key}"
            )
            return last if st.button(t("Cerrar ese día"), key=f"set-{key}") else None


def _days(key: str) -> tuple[date, date | None]:
    since = st.date_input(t("Desde"), date.today(), format=_formats.date_field(), key=f"{key}-since")
    until = st.date_input(t("Hasta (vacío: sigue)"), None, format=_formats.date_field(), key=f"{key}-until")
    return since, until
