"""A form or a country's rules, whole, as tables to read; the file itself is behind «Editar»."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from coach import chores, forms
from rubrics.types import Criterion, Pack, Rubric, Rule
from views import _address, _form_parts, _formats, _labels, _session, _versions
from views._formats import SIGNS
from views._text import counted, own, retold, t
from views._widgets import Figure, figures, plain


def show(form: Rubric | Pack, path: Path) -> None:
    viewer, settings = _session.viewer(), _session.settings()
    st.title(plain(_form_parts.label(form)))
    _address.said()
    whose = t("propia") if forms.is_own(path, settings) else t("de Temple")
    number = _form_parts.version(form)
    st.caption(plain(t("{version}, {whose}. En uso.", version=number[:1].upper() + number[1:], whose=whose)))
    with st.container(horizontal=True):
        begun = forms.draft(settings, form.id) is not None
        label = t("Seguir con el borrador") if begun else t("Editar")
        if st.button(label, type="primary", icon=":material/edit:") and _address.attempt(
            forms.begin, settings, viewer, form.id
        ):
            _address.go(form="", draft=form.id)
        _again(form)
    _chores(form.id)
    if isinstance(form, Pack):
        _pack(form)
    else:
        _rubric(form)
    _history(form)


def _rubric(form: Rubric) -> None:
    n, critical = len(form.criteria), sum(one.critical for one in form.criteria)
    figures(
        [
            Figure(t("Criterios"), str(n), _calls(form)),
            Figure(t("Críticos"), str(critical), t("anulan la llamada")),
            Figure(t("Puntos"), f"{sum(one.counts_for for one in form.criteria):.0f}", t("entre todos")),
        ],
        key="figures",
    )
    for group in dict.fromkeys(one.group for one in form.criteria):
        mine = [one for one in form.criteria if one.group == group]
        points = sum(one.counts_for for one in mine)
        st.subheader(f"{_form_parts.group(group)} · {counted(round(points), '{n} punto', '{n} puntos')}")
        st.markdown(_table((t("Criterio"), t("Puntos")), [(_about(one), _weight(one)) for one in mine]))


def _calls(form: Rubric) -> str:
    return _form_parts.applies(form.for_calls) if form.for_calls else t("pauta base")


def _pack(pack: Pack) -> None:
    st.markdown(plain(pack.law))
    st.caption(t("No es asesoría legal: pida a quien conoce la ley de su país que las revise."))
    late = {rule.id for rule in forms.due(pack)}
    first = sorted(pack.rules, key=lambda rule: (rule.advice, not rule.critical))  # what counts, then advice
    rows = [(_about(rule), _counts(rule), _source(rule, due=rule.id in late)) for rule in first]
    st.markdown(_table((t("Regla"), t("Cuenta"), t("Fuente")), rows))


def _about(one: Criterion) -> str:
    """Label, what is looked at, and the wording to use."""
    better = f" :small[:gray[{t('Mejor así:')} {plain(one.better)}]]" if one.better else ""
    return f"**{plain(own(one.label, one.label_en))}**. {plain(own(one.help, one.help_en))}{better}"


def _weight(one: Criterion) -> str:
    return f":red[{SIGNS['fail']}]\u00a0{t('crítico')}" if one.critical else f"{one.weight:g}"


def _counts(rule: Rule) -> str:
    if rule.advice:
        return t("consejo")
    if rule.critical:
        return f":red[{SIGNS['fail']}]\u00a0{t('crítica')}"
    return t("suma puntos") if rule.replaces else t("se muestra")


def _source(rule: Rule, *, due: bool) -> str:
    read = t("revisada el {day}", day=_formats.day(rule.reviewed_on))
    read = f":orange[{SIGNS['review']} {t('por revisar')}: {read}]" if due else read
    return f"{plain(rule.law)} :small[:gray[{_form_parts.certainty(rule.certainty)} · {read}]]"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A markdown table; its cells are markdown already."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _again(form: Rubric | Pack) -> None:
    """History judged anew by this form, where somebody wants that."""
    with st.popover(t("Evaluar de nuevo lo anterior"), icon=":material/history:"):
        st.markdown(
            t(
                "Las llamadas guardadas de esta pauta se evalúan otra vez con la versión en uso. Lo "
                "anterior se conserva, y lo que dijo una persona vale. Un mes cerrado no cambia. Se hace "
                "aparte: puede seguir con otra cosa."
            )
        )
        if heirs := forms.inheriting(_session.settings(), form.id):
            st.markdown(plain(t("También las de {forms}: se basan en ella.", forms=_form_parts.heirs(heirs))))
        _address.offer(
            t("Evaluar de nuevo"),
            chores.ask,
            _session.store(),
            _session.viewer(),
            "rescore",
            form.id,
            key="rescore",
            told=t("Está en la cola. El avance se ve en esta página."),
        )


@st.fragment(run_every=5)
def _chores(form_id: str) -> None:
    """How far judging anew is, while it is of interest."""
    known = chores.latest(_session.store(), _session.viewer(touch=False))
    found = [one for one in known if one.subject == form_id]
    if not found:
        return
    last = found[0]
    calls = _formats.calls(last.done)
    changed = counted(last.changed, "{n} con otro veredicto", "{n} con otro veredicto")
    changed = changed if last.state == "done" else ""
    facts = (
        t("Evaluar de nuevo lo anterior"),
        _labels.job_state(last.state),
        calls,
        changed,
        retold(last.error),
    )
    st.caption(plain(" · ".join(fact for fact in facts if fact)))


def _history(form: Rubric | Pack) -> None:
    found = forms.versions(_session.settings(), form.id)
    if not found:
        return
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    told = t("Esa versión está en uso desde la próxima llamada.")
    if heirs := forms.inheriting(settings, form.id):
        told += " " + t(
            "Con ella cambian, porque se basan en ella: {forms}.",
            forms=plain(", ".join(map(_form_parts.label, heirs))),
        )
    with st.expander(t("Versiones ({n})", n=len(found))):
        _versions.listed(
            found,
            lambda digest: forms.restore(store, settings, form.id, digest, viewer),
            told,
        )
