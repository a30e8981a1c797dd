"""The files that the intake put aside, with the reason of each."""

from __future__ import annotations

import streamlit as st

from coach import aside
from views import _address, _session
from views._text import counted, retold, t
from views._widgets import plain

SHOWN = 20


def show() -> None:
    """What the intake could not read, with the reason: somebody has to mend it."""
    found = aside.aside(_session.settings())
    if not found:
        return
    st.subheader(t("Archivos que no se pudieron leer"))
    st.caption(t("Corrija cada uno y póngalo otra vez en la carpeta del grabador; después borre este."))
    rows = [
        f"| {plain(one.path.name)} | {_address.day(one.at)} | {plain(retold(one.why))} |"
        for one in found[:SHOWN]
    ]
    st.markdown("\n".join([f"| {t('Archivo')} | {t('Apartado')} | {t('Motivo')} |", "|---|---|---|", *rows]))
    place = plain(str(aside.folder(_session.settings())))
    st.caption(counted(len(found), "Es {n}; está en {folder}.", "Son {n}; están en {folder}.", folder=place))
