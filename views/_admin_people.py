"""The people with an account: found, added one by one or by a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import people, people_csv, shared_mails
from coach.people import Person
from coach.people_csv import Imported
from coach.tables import FOR_SPREADSHEETS
from coach.viewers import ROLES, Role
from views import _address, _formats, _labels, _session
from views._formats import SIGNS
from views._list import listing
from views._text import counted, language, retold, t
from views._widgets import plain

PAGE_SIZE = 25


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    show_once()
    for given in shared_mails.shared(store, _session.settings()):
        st.warning(plain(t(shared_mails.TOLD, **given)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        text = _address.words(t("Buscar"), "who", t("usuario, nombre o correo"), of="people")
        roles: dict[str, str] = {role: _labels.role(role) for role in ROLES}
        role = _address.choice(t("Rol"), "role", roles, t("Todos"), of="people")
        states = {"yes": t("Activas"), "no": t("Desactivadas")}
        state = _address.choice(t("Acceso"), "active", states, t("Todas"), of="people")
    with st.container(horizontal=True):
        _new()
        _table()
    asked = (text, role, state)
    if st.session_state.get("people-asked") != asked:
        st.session_state["people-asked"] = asked
        st.session_state.pop("people-page", None)
    page = int(st.session_state.get("people-page", 1)) - 1
    found = people.people(
        store, viewer, text=text, role=_role(role), active={"yes": True, "no": False}.get(state),
        page=page, size=PAGE_SIZE,
    )  # fmt: skip
    if not found.rows:
        st.info(t("Nadie cumple estos filtros. Quite alguno, o agregue a la persona."))
    else:
        picked = listing(columns(), [_row(one) for one in found.rows], key="people")
        _foot(found.total, page)
        if picked.row:
            _address.go(person=picked.row)


def _role(written: str) -> Role | None:
    return next((role for role in ROLES if role == written), None)


def columns() -> list[dict[str, Any]]:
    return [
        {"id": "name", "label": t("Persona")},
        {"id": "role", "label": t("Rol")},
        {"id": "state", "label": t("Acceso")},
        {"id": "seen", "label": t("Entró por última vez"), "hide": True},
    ]


def _row(one: Person) -> dict[str, Any]:
    return {
        "id": one.login,
        "href": f"administration?{urlencode({'person': one.login})}",
        "cells": {
            "name": {"text": one.name, "sub": one.login},
            "role": {"text": _labels.role(one.role)},
            "state": state(one),
            "seen": {"text": _address.moment(one.last_seen_at) if one.last_seen_at else _formats.NOTHING},
        },
    }


def state(one: Person) -> dict[str, str]:
    """Whether the person may come in, with its sign."""
    if not one.active:
        return {"text": t("desactivada"), "sign": SIGNS["na"], "kind": "na"}
    if one.locked_until is not None:
        until = t("hasta {when}", when=_address.moment(one.locked_until))
        return {
            "text": t("en pausa por intentos fallidos"),
            "sign": SIGNS["review"],
            "kind": "review",
            "sub": until,
        }
    if one.demo:
        return {"text": t("de la demostración")}
    if not one.has_password:
        return {"text": t("sin contraseña"), "sign": SIGNS["review"], "kind": "review"}
    if one.must_change:
        return {"text": t("debe cambiar la contraseña")}
    return {"text": t("activa"), "sign": SIGNS["pass"], "kind": "pass"}


def _foot(total: int, page: int) -> None:
    first, last = page * PAGE_SIZE + 1, min(total, (page + 1) * PAGE_SIZE)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(t("{first}–{last} de {total} personas", first=first, last=last, total=total))
        if total > PAGE_SIZE:
            st.pagination(-(-total // PAGE_SIZE), key="people-page")


def _new() -> None:
    """One person by hand; the password to use once is shown at the head of the next run."""
    n = st.session_state.setdefault("person-new", 0)
    with st.popover(t("Agregar a una persona"), icon=":material/person_add:"):
        login = st.text_input(t("Usuario"), key=f"new-login-{n}", max_chars=200)
        name = st.text_input(t("Nombre y apellido"), key=f"new-name-{n}", max_chars=200)
        email = st.text_input(t("Correo (opcional)"), key=f"new-email-{n}", max_chars=300)
        role = st.selectbox(
            t("Rol"), ROLES, index=ROLES.index("agent"), format_func=_labels.role, key=f"new-role-{n}"
        )
        if st.button(t("Agregar"), type="primary", key=f"new-add-{n}") and _address.attempt(
            _added, login, name, role, email
        ):
            st.session_state["person-new"] += 1
            st.rerun()


def _added(login: str, name: str, role: Role, email: str) -> None:
    store, viewer = _session.store(), _session.viewer()
    one = people.add(store, viewer, login, name, role, email=email)
    once(one, people.reset(store, viewer, one.login))


def once(one: Person, password: str) -> None:
    """Keep a password to use once for the next run, which shows it; after that nobody can see it."""
    st.session_state["once"] = (one.name, one.login, password)


def show_once() -> None:
    """The password that was just made, shown this one time."""
    if (made := st.session_state.pop("once", None)) is None:
        return
    name, login, password = made
    with st.container(border=True, key="answer"):
        st.markdown(
            t(
                "Contraseña de un solo uso de **{name}** (usuario {login}). Anótela: no se vuelve a "
                "mostrar, y al entrar se cambia.",
                name=plain(name), login=plain(login),
            )
        )  # fmt: skip
        st.code(password, language=None)


def _table() -> None:
    """Many people by a table, with every faulty line told."""
    with st.popover(t("Importar una tabla"), icon=":material/upload_file:"):
        st.markdown(
            t(
                "CSV con encabezados: usuario, nombre, rol, correo, idioma, sede, pais, equipo, dirige, "
                "marcador, desde, hasta, carteras. Las líneas con error se dicen y las demás se guardan; la "
                "misma tabla otra vez no cambia nada."
            )
        )
        with st.container(key=f"sheet-{language()}"):
            file = st.file_uploader(t("Tabla de personas"), type=["csv", "txt"], key="import-people")
        if file is not None and st.button(t("Importar"), type="primary"):
            store, viewer = _session.store(), _session.viewer()
            done: list[Imported] = []
            if _address.attempt(
                lambda: done.append(people_csv.import_upload(store, viewer, file.getvalue(), file.name))
            ):
                st.session_state["people-imported"] = done[0]
        if (imported := st.session_state.get("people-imported")) is not None:
            _imported(imported)


def _imported(done: Imported) -> None:
    st.markdown(
        t(
            "{added} nuevas, {changed} cambiadas, {same} iguales; líneas con error: {faulty}.",
            added=len(done.added), changed=len(done.changed), same=len(done.same), faulty=done.faulty,
        )
    )  # fmt: skip
    for word, role in done.taken:
        st.caption(plain(t("El rol «{word}» se tomó como «{role}».", word=word, role=_labels.role(role))))
    if done.problems:
        n = len(done.problems)
        st.markdown(f":red[{SIGNS['fail']}] " + counted(n, "{n} línea sin usar:", "{n} líneas sin usar:"))
        st.markdown("\n".join(f"- {plain(retold(problem))}" for problem in done.problems[:PAGE_SIZE]))
        if n > PAGE_SIZE:
            st.caption(counted(n - PAGE_SIZE, "y {n} más", "y {n} más"))
    if done.added and st.button(t("Dar contraseñas de un solo uso a las nuevas")):
        table = people_csv.passwords(_session.store(), _session.viewer(), done.added, language())
        st.session_state["people-imported"] = Imported(changed=done.changed, same=done.same)
        st.download_button(
            t("Descargar las contraseñas (CSV)"), table.encode(FOR_SPREADSHEETS),
            file_name=f"{t('contrasenas')}.csv", mime="text/csv",
        )  # fmt: skip
        st.caption(t("Descárguelas ahora: no se vuelven a mostrar."))
