"""One's own wordings: a new one is tried before it is kept, any is left out, earlier states come back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coach import guide, own_wordings
from coach.guide import Doubt, Guide
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer
from rubrics.playbook import SLOTS, Wording
from views import _address, _labels, _session, _versions
from views._formats import SIGNS
from views._text import own, t
from views._widgets import plain


def new(objection: str) -> None:
    """The form for a new wording; what speaks against it is told as soon as it is written."""
    n = st.session_state.setdefault("guide-new", 0)
    with st.container(border=True, key="guide-form"):
        st.markdown(f"##### {t('Agregar una frase propia')}")
        with st.container(horizontal=True):
            steps = _labels.steps()
            step = st.selectbox(t("Dónde va"), list(steps), format_func=steps.__getitem__, key=f"step-{n}")
            tone = _one(t("Tono"), _labels.tones(), f"tone-{n}")
            stage = _one(t("Atraso"), _labels.stages(), f"stage-{n}")
        with st.container(horizontal=True):
            only = _countries(t("Solo en"), f"in-{n}", t("todos los países"))
            never = _countries(t("No se dice en"), f"not-in-{n}", t("ningún país"))
        data = ", ".join(f"{{{slot}}}" for slot in SLOTS)
        say = st.text_area(
            t("La frase, de usted"),
            key=f"say-{n}",
            max_chars=400,
            help=t("Datos del caso que puede usar: {data}.", data=plain(data)),
        ).strip()
        note = st.text_input(t("Por qué (opcional)"), key=f"note-{n}", max_chars=200)
        wording = _written(say, only, never, tone, stage)
        fits, doubtful = _tried(wording) if wording is not None else (False, False)
        sure = doubtful and st.checkbox(
            t("La leí en voz alta y no amenaza ni falta al respeto."), key=f"sure-{n}-{say}"
        )
        fits = fits and (sure or not doubtful)
        if st.button(t("Guardar en la guía"), type="primary", disabled=not fits, key=f"keep-{n}") and wording:
            _keep(objection, step, wording, note, sure=sure)


def _one(label: str, options: dict[str, str], key: str) -> str:
    chosen: str = st.selectbox(
        label, ["", *options], format_func=lambda one: options.get(one, t("Cualquiera")), key=key
    )
    return chosen


def _countries(label: str, key: str, none: str) -> list[str]:
    chosen: list[str] = st.multiselect(
        label, guide.countries(), format_func=_labels.country, key=key, placeholder=none,
        select_all=False,
    )  # fmt: skip
    return chosen


def _written(say: str, only: list[str], never: list[str], tone: str, stage: str) -> Wording | None:
    """The wording, None where it cannot be one yet; what is wrong is told."""
    if not say:
        return None
    facts = {"say": say, "in": only, "not_in": never, "tone": tone or None, "stage": stage or None}
    try:
        wording = Wording.model_validate(facts)
    except ValueError:
        st.markdown(
            f":red[{SIGNS['fail']}] {plain(t('Una llave no se abre o no se cierra; un dato va entre dos.'))}"
        )
        return None
    if unknown := wording.slots - set(SLOTS):
        known = ", ".join(SLOTS)
        why = t("Este dato no existe: {data}. Hay: {known}.", data=plain(min(unknown)), known=plain(known))
        st.markdown(f":red[{SIGNS['fail']}] {why}")
        return None
    return wording


def _tried(wording: Wording) -> tuple[bool, bool]:
    """Whether nothing bars it, and whether a fault may be heard in it; both are told with what to do."""
    with st.spinner(t("Revisando la frase…")):
        doubts = guide.tried(wording, _session.settings())
        heard, doubtful, vouches = guide.heard(wording), guide.doubtful(wording), guide.vouches(wording)
    for doubt in doubts:
        st.markdown(f":red[{SIGNS['fail']}] {_told(doubt)}")
    if doubtful and not doubts:
        acts = ", ".join(_labels.finding(act) for act in doubtful)
        why = t("Podría sonar a: {acts}. Léala en voz alta antes de guardarla.", acts=plain(acts))
        st.markdown(f":orange[{SIGNS['review']}] {why}")
    if vouches and not doubts:
        why = t(
            "Promete una quita o un descuento: solo se sugiere en llamadas cuyo caso lo autoriza. "
            "Mejor, use el dato «oferta»."
        )
        st.markdown(f":orange[{SIGNS['review']}] {why}")
    if not (doubts or doubtful or vouches):
        st.markdown(f":green[{SIGNS['pass']}] {t('Ninguna regla la objeta.')}")
    if heard:
        acts = ", ".join(_labels.finding(act) for act in heard)
        st.caption(t("Temple escucha en ella: {acts}.", acts=plain(acts)))
    return not doubts, bool(doubtful) and not doubts


def _told(doubt: Doubt) -> str:
    if doubt.rule is None:
        return t("No se dice en ningún país: {act}.", act=plain(_labels.finding(doubt.fault)))
    where = _labels.country(doubt.country) if doubt.country else t("Reglas comunes")
    rule = plain(own(doubt.rule.label, doubt.rule.label_en))
    if not doubt.country:
        return f"**{plain(where)}**: {rule} ({plain(doubt.rule.law)})."
    return t(
        "**{country}**: {rule} ({source}). Cámbiela, o póngala en «No se dice en».",
        country=plain(where), rule=rule, source=plain(doubt.rule.law),
    )  # fmt: skip


def _keep(objection: str, step: str, wording: Wording, note: str, *, sure: bool) -> None:
    if _address.attempt(own_wordings.add, *_who(), objection, step, wording, note.strip(), sure=sure):
        st.session_state["guide-new"] += 1
        _address.say_later(t("La frase está en la guía y se sugiere desde ahora."))
        st.rerun()


def _who() -> tuple[Store, Settings, Viewer]:
    return _session.store(), _session.settings(), _session.viewer()


def row(objection: str, step: str, place: int, wording: Wording, shown: str) -> None:
    """A wording with the way to leave it out."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{step}-{place}"):
        st.markdown(shown, width="stretch")
        _address.offer(
            t("No usar"),
            own_wordings.leave_out,
            *_who(),
            objection,
            wording.say,
            key=f"out-{step}-{place}",
            type="tertiary",
            told=t("La frase ya no se sugiere."),
        )


def left_out(book: Guide, objection: str) -> None:
    """Sentences of Temple's that are not said here."""
    gone = book.own.play(objection).without
    if not gone:
        return
    st.subheader(t("Frases de Temple que aquí no se dicen"))
    for place, say in enumerate(gone):
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-gone-{place}"):
            st.markdown(plain(say), width="stretch")
            _address.offer(
                t("Volver a poner"),
                own_wordings.take_back,
                *_who(),
                objection,
                say,
                key=f"back-{place}",
                type="tertiary",
            )


def history() -> None:
    """Every state of one's own wordings: when, by whom, why."""
    found = own_wordings.versions(_session.settings())
    if not found:
        return
    with st.expander(t("Versiones de las frases propias")):
        _versions.listed(
            found,
            partial(own_wordings.restore, *_who()),
            t("Esa versión está en uso desde ahora."),
        )
