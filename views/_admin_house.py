"""What is kept and how much it weighs; the settings in force; what is missing on this machine."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from coach import doctor, house
from coach.house import Setting
from views import _admin_aside, _formats, _session
from views._formats import SIGNS
from views._text import counted, filled, t
from views._widgets import Figure, figures, plain


def data() -> None:
    """Calls, their first and last day, the disk."""
    kept = house.holdings(_session.store(), _session.settings(), _session.viewer())
    total = sum(kept.sizes.values())
    figures(
        [
            Figure(
                t("Llamadas guardadas"),
                str(kept.calls),
                counted(kept.judged, "{n} evaluada", "{n} evaluadas"),
            ),
            Figure(t("Ocupa"), _size(total), t("quedan libres {free}", free=_size(kept.free))),
        ],
        key="figures",
    )
    if kept.first and kept.last:
        first, last = _formats.day(kept.first), _formats.day(kept.last)
        said = t(
            "La llamada más antigua es del {first}; la más reciente, del {last}.", first=first, last=last
        )
        st.markdown(plain(said))
    names = {
        "audio": t("Grabaciones"),
        "database": t("Base de datos: transcripciones, veredictos, revisiones"),
        "models": t("Modelos de voz"),
        "forms": t("Pautas y guía propias, con sus versiones"),
        "other": t("Lo demás"),
    }
    place = plain(str(kept.folder))
    lines = [f"| {names[name]} | {_size(kept.sizes[name])} |" for name in names if name in kept.sizes]
    st.markdown("\n".join([f"| {t('Qué')} | {t('Tamaño')} |", "|---|---:|", *lines]))
    st.caption(
        t("Está en {folder}. Para respaldarlo: «coach db backup CARPETA» en la terminal.", folder=place)
    )
    st.caption(t("Nada se borra sin una regla: están en «Conservación»."))
    _admin_aside.show()


def _size(n: int) -> str:
    """«14.2 MB»."""
    value, unit = float(n), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    return f"{n} B" if unit == "B" else f"{_formats.decimal(value, 1)} {unit}"


def settings() -> None:
    """Read only: they are changed in the file, by whoever has the machine."""
    st.markdown(
        t(
            "Se leen de **coach.toml** al iniciar. Para cambiarlos, edite ese archivo en la máquina de "
            "Temple y reinicie; **coach.example.toml** explica cada uno."
        )
    )
    told = house.settings_told(_session.settings(), _session.viewer())
    for section, group in groupby(told, key=lambda one: one.section):
        st.subheader(plain(f"[{section}]") if section else t("Generales"))
        rows = [f"| {plain(one.name)} | {_value(one)} | {_origin(one)} |" for one in group]
        heads = f"| {t('Ajuste')} | {t('Valor')} | {t('De dónde viene')} |"
        st.markdown("\n".join([heads, "|---|---|---|", *rows]))
    if not any(one.section.startswith("sources.") for one in told):
        st.caption(t("No hay ningún origen de grabaciones descrito ([sources.…])."))


def _value(one: Setting) -> str:
    return plain(one.value) if one.value else f":gray[{t('vacío')}]"


def _origin(one: Setting) -> str:
    if one.origin == "file":
        return f"**coach.toml**, {t('línea {n}', n=one.line)}"
    return t("variable u orden de inicio") if one.origin == "elsewhere" else f":gray[{t('de fábrica')}]"


def health() -> None:
    """What the machine has and what it lacks, each with the way to get it."""
    _session.viewer().require("administer")
    with st.spinner(t("Revisando la máquina…")):
        found = tuple(doctor.examine(_session.settings()))
    missing = sum(one.state == "missing" for one in found)
    with st.container(border=True, key="answer"):
        if missing:
            st.markdown(
                f":red[{SIGNS['fail']}] {t('Falta algo para que Temple trabaje bien: vea las líneas con ✕.')}"
            )
        else:
            st.markdown(f":green[{SIGNS['pass']}] {t('Nada falta. Las líneas con · son para saber.')}")
    colour = {"well": "green", "missing": "red", "note": "gray"}
    st.markdown(
        "  \n".join(f":{colour[one.state]}[{one.sign}] {plain(filled(one.said, one.given))}" for one in found)
    )
    st.caption(t("Lo mismo dice «coach doctor» en la terminal."))
