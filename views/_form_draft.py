"""A draft: its text, what is wrong in it by line, what it would change, and putting it in use."""

from __future__ import annotations

import streamlit as st

from coach import chores, form_scope, forms
from coach.heirs import changed_with
from rubrics.types import Mistake
from views import _address, _draft_text, _form_lab, _form_parts, _session
from views._formats import SIGNS
from views._text import counted, own, t
from views._widgets import plain


def show(name: str) -> None:
    settings = _session.settings()
    draft = forms.draft(settings, name)
    assert draft is not None
    st.title(t("Borrador: {name}", name=plain(_form_parts.draft_label(name))))
    st.caption(
        t(
            "Se guarda con cada cambio y no juzga ninguna llamada hasta que lo publique. Cómo se escribe: "
            "docs/rubric-files.md y docs/country-packs.md."
        )
    )
    _address.said()
    text = _draft_text.field(draft, t("Texto de la pauta"), forms.keep_draft)
    wrong = forms.check(text, settings)
    many = counted(len(wrong), "{n} error impide publicarla", "{n} errores impiden publicarla")
    _draft_text.mistakes(text, wrong, many)
    if not wrong and not form_scope.judges(forms.read(text, settings), settings):
        told = t("Así no juzgará ninguna llamada: diga en «for_calls» para cuáles es.")
        st.markdown(f":orange[{SIGNS['review']}] {told}")
    _ids(text)
    _form_lab.show(text, sound=not _unreadable(wrong))
    st.subheader(t("Publicar"))
    _publish(name, text, ready=not wrong)


def _ids(text: str) -> None:
    with st.expander(t("Ids que puede nombrar")):
        st.caption(
            t(
                "Con ellos se escriben «without» y «changes». El modo de escribirla está en "
                "docs/rubric-files.md (en inglés)."
            )
        )
        named = form_scope.nameable(text, _session.settings())
        rows = [f"| `{one.id}` | {plain(own(one.label, one.label_en))} |" for one in named]
        st.markdown("\n".join([f"| id | {t('Criterio')} |", "|---|---|", *rows]))


def _unreadable(wrong: tuple[Mistake, ...]) -> bool:
    """Whether more is wrong than the number of its version: then it cannot be tried."""
    return any(one.where != "version" for one in wrong)


def _publish(name: str, text: str, *, ready: bool) -> None:
    if ready and (heirs := changed_with(text, _session.settings())):
        told = t("Con ella cambian, porque se basan en ella: {forms}.", forms=_form_parts.heirs(heirs))
        st.markdown(f":orange[{SIGNS['review']}] {plain(told)}")
    note = st.text_input(t("Qué cambia y por qué"), key=f"note-{name}", max_chars=300)
    again = st.checkbox(t("Evaluar de nuevo lo ya guardado"), key=f"again-{name}")
    st.caption(t("Sin marcarlo, vale desde la próxima llamada y lo anterior queda como está."))
    with st.container(horizontal=True):
        if st.button(t("Publicar"), type="primary", disabled=not ready) and _draft_text.noted(note):
            _put_in_use(name, text, note, again=again)
        if _draft_text.dropped(name):
            forms.drop_draft(_session.settings(), name)
            _address.go(draft="")


def _put_in_use(name: str, text: str, note: str, *, again: bool) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    done: list[forms.Published] = []
    if not _address.attempt(lambda: done.append(forms.publish(store, settings, text, viewer, note.strip()))):
        return
    new = done[0]
    forms.drop_draft(settings, name)
    if again:
        chores.ask(store, viewer, "rescore", new.form.id)
    said = t("En uso desde la próxima llamada: {label}.", label=new.form.label)
    if not new.used:
        said += " " + t("Ninguna llamada se evalúa con ella todavía: diga en «for_calls» para cuáles es.")
    if new.heirs:
        said += " " + t(
            "Con ella cambian, porque se basan en ella: {forms}.", forms=_form_parts.heirs(new.heirs)
        )
        said += " " + (
            t("Sus llamadas se evalúan de nuevo también.")
            if again
            else t("Sus llamadas ya guardadas quedan como están.")
        )
    _address.say_later(plain(said))
    _address.go(draft="", form=new.form.id)
