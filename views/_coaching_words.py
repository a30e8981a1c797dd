"""What coaching says for ids: patterns, exercises, rules of a grade; and the ways to what is practised."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from coach import workdays
from coach.coaching_effect import LEAST_CALLS, Effect
from coach.coaching_grave import Grave
from coach.coaching_rows import Plan
from coach.patterns import Pattern
from coach.practicable import cases_of
from coach.retired import retired
from coach.scenarios import scenarios
from drills.checklist import watched
from drills.drill import FormatId
from drills.formats import FORMATS, suits
from drills.marks import rules
from nlp.labels import labels
from views import _address, _formats, _labels, _pages, _session
from views._formats import SIGNS
from views._text import counted, own, t
from views._widgets import plain


def topic(kind: str, name: str) -> str:
    """What is worked on: a criterion or an objection."""
    if kind == "objection":
        return t("Responder a «{objection}»", objection=_labels.finding(name))
    criterion = _session.criteria().get(name)
    return own(criterion.label, criterion.label_en) if criterion else name.replace("_", " ")


def plan_name(plan: Plan) -> str:
    return topic(plan.kind, plan.name)


def over(pattern: str) -> str:
    """To the agent, of a plan that was closed."""
    kind, _, name = pattern.partition(":")
    return t(
        "Se cerró su plan «{topic}», con lo que se midió. Lo que aún pedía practicar ya no hace falta.",
        topic=topic(kind, name),
    )


def told(one: Pattern) -> str:
    """Of how many calls, beside the team."""
    if not one.share.n:
        return t("En estos días ninguna llamada suya dice algo de esto.")
    said = t("Falla en {share}.", share=_formats.shared(one.share))
    if one.critical and one.share.hits:
        return t("{n} llamadas anuladas, confirmadas por una persona.", n=one.share.hits)
    if one.team is None or not one.team.n:
        return f"{said} {t('Sin equipo con qué comparar.')}"
    team = _formats.share(one.team)
    if one.stands_out:
        return f"{said} {t('En el equipo: {share}, con claridad menos.', share=team)}"
    return f"{said} {t('En el equipo: {share}.', share=team)}"


def workday(days: int) -> date:
    """The day that lies so far ahead, or the next one after it on which the house works."""
    return workdays.on_or_after(date.today() + timedelta(days=days), _session.settings().country)


def came(effect: Effect) -> str:
    """What an effect says, with its sign and interval."""
    if effect.verdict == "unknown" or effect.change is None or effect.margin is None:
        return f":gray[{SIGNS['na']} {t('Todavía no se puede saber si ayudó.')}]"
    values = {
        "change": _formats.decimal(abs(100 * effect.change), 0),
        "margin": _formats.decimal(100 * effect.margin, 0),
    }
    if effect.verdict == "better":
        return (
            f":green[{SIGNS['pass']} "
            + t("En llamadas parecidas falla {change} ± {margin} puntos menos.", **values)
            + "]"
        )
    return (
        f":red[{SIGNS['fail']} "
        + t("En llamadas parecidas falla {change} ± {margin} puntos más.", **values)
        + "]"
    )


def why(effect: Effect) -> str:
    """Why it cannot be told yet; "" where it can, or nobody knows any more."""
    if effect.why == "chance" and effect.change is not None and effect.margin is not None:
        return t(
            "En llamadas parecidas la diferencia es de {change} ± {margin} puntos: cabe en el azar.",
            change=_formats.decimal(100 * effect.change, 0), margin=_formats.decimal(100 * effect.margin, 0),
        )  # fmt: skip
    if effect.why == "never":
        return t(
            "De antes hay {n} que dicen algo de esto, y hacen falta {least}: con este plan no se podrá "
            "saber.",
            n=_formats.calls(effect.before.n + effect.waiting[0]), least=LEAST_CALLS,
        )  # fmt: skip
    if effect.why == "few" and effect.like is not None:
        return t(
            "Faltan llamadas parecidas, del mismo país y tipo: hay {before} de antes y {after} de después, y "
            "hacen falta {least} de cada lado.",
            before=effect.like[0], after=effect.like[1], least=LEAST_CALLS,
        )  # fmt: skip
    return t("Depende de las faltas críticas por confirmar.") if effect.why == "waits" else ""


def before(effect: Effect) -> str:
    """The person's calls from before the plan; what says nothing yet is not what is not there."""
    if effect.before.n:
        return t("Antes fallaba en {share}.", share=_formats.shared(effect.before))
    if effect.waiting[0]:
        return t("De antes, lo que hay está por confirmar.")
    return t("Antes ninguna llamada suya decía algo de esto.")


def since(effect: Effect) -> str:
    """Those since the plan."""
    if effect.after.n:
        return t("Desde entonces falla en {share}.", share=_formats.shared(effect.after))
    if effect.waiting[1]:
        return t("De después, lo que hay está por confirmar.")
    return t("Desde entonces ninguna llamada suya dice algo de esto.")


def beside(effect: Effect) -> str:
    """The team in the same days."""
    if effect.team_before.n and effect.team_after.n:
        team = {"before": _formats.share(effect.team_before), "after": _formats.share(effect.team_after)}
        said = t("El equipo, en los mismos días: {before} y {after}.", **team)
    else:
        said = t("Sin equipo con qué comparar: faltan veredictos de colegas de antes o de después.")
    if not effect.team_waiting:
        return said
    left = counted(
        effect.team_waiting, "Le queda {n} llamada con una falta crítica por confirmar.",
        "Le quedan {n} llamadas con faltas críticas por confirmar.",
    )  # fmt: skip
    return f"{said} {left}"


def waiting(effect: Effect) -> str:
    """Calls that the figures leave out, and what the difference makes of them."""
    before, after = effect.waiting
    said = t(
        "Llamadas con una falta crítica por confirmar, fuera de estas cifras: {before} de antes, {after} de "
        "después.",
        before=before, after=after,
    )  # fmt: skip
    if effect.verdict == "unknown":
        return said
    return f"{said} {t('La diferencia es la menor que puede quedar cuando se confirmen o se descarten.')}"


def weighed(effect: Effect) -> bool:
    """Whether what is said to have come is another figure than the plain difference of the shares, and not
    because of what waits.
    """
    if effect.verdict == "unknown" or effect.change is None or any(effect.waiting):
        return False
    before, after = effect.before.value, effect.after.value
    return (
        before is not None
        and after is not None
        and round(100 * effect.change) != round(100 * after) - round(100 * before)
    )


def exercise(name: str) -> str:
    """A format as people know it."""
    known = FORMATS.get(name)  # type: ignore[call-overload]
    return own(known.label.es, known.label.en) if known else name.replace("_", " ")


def asked(title: str) -> str:
    """The title of what was asked or opened: Temple's own in the reader's language."""
    kind, found, about = title.partition(": ")
    named = {one.label.es: one.label for one in FORMATS.values()}
    if not found or kind not in named:
        return _about(title)
    return f"{own(named[kind].es, named[kind].en)}: {_about(about)}"


def _about(name: str) -> str:
    settings = _session.settings()
    used, gone = scenarios(settings).values(), [one.case for one in retired(settings) if one.case]
    cases = {one.title: one.title_en for one in (*gone, *used)}
    told = {one.label.es: one.label.en for one in labels().objections.values()}
    return own(name, (cases | told).get(name, ""))


def formats(objection: str = "") -> dict[FormatId, str]:
    """Every format, or those that an objection can be practised in."""
    held = [name for name in FORMATS if not objection or suits(name, objection)]
    return {name: exercise(name) for name in held}


def scenario(name: str) -> str:
    """A case by its title; one out of use as it was last."""
    settings = _session.settings()
    if known := scenarios(settings).get(name):
        return own(known.title, known.title_en)
    for gone in retired(settings):
        if gone.id == name and gone.case:
            title, n = own(gone.case.title, gone.case.title_en), gone.last.version
            return t("{title} (versión {n}, ya no se practica)", title=title, n=n)
    return t("un caso que ya no está")


def scenario_names(format_: FormatId | None = None) -> dict[str, str]:
    """Every scenario, or those that a format goes with, by its title, the easy ones first."""
    settings = _session.settings()
    known = scenarios(settings)
    found = [known[name] for name in (cases_of(settings, format_) if format_ else known)]
    return {
        one.id: _labels.scenario(one) for one in sorted(found, key=lambda one: (one.difficulty, one.title))
    }


def objections(format_: FormatId | None = None) -> dict[str, str]:
    """Those that a format can be about; all where none is given."""
    return {
        name: _labels.finding(name) for name in labels().objections if not format_ or suits(format_, name)
    }


def rule(name: str) -> str:
    """A line of a grade."""
    known = rules().get(name)
    return own(known.label.es, known.label.en) if known else name.replace("_", " ")


def rule_text(name: str) -> str:
    """What the line asks for; without the numbers that only a grade has."""
    said = watched(name, t("la persona"))
    return own(said.es, said.en) if said else ""


def replay(attempt_id: int, label: str, *, icon: str = ":material/replay:") -> None:
    """The way to an attempt as it was played."""
    if _pages.has(_session.viewer().role, "drill"):
        address = {"attempt": str(attempt_id)}
        st.page_link("views/drill.py", label=plain(label), icon=icon, query_params=address)


def practise() -> None:
    """The way to what there is to practise."""
    if _pages.has(_session.viewer().role, "practice"):
        st.page_link("views/practice.py", label=t("Ir a practicar"), icon=":material/fitness_center:")


def back(label: str, view: str = "") -> None:
    """Back to the list of coaching; to one of its views."""
    with st.container(key="steps"):
        if st.button(label, type="tertiary", icon=":material/arrow_back:", key="back"):
            if view:
                st.session_state["at-view"] = view
            _address.go(agent="", assignment="")


def grave(login: str, name: str, of: Grave) -> None:
    """Critical failures of the weeks looked at, before anything is said about what to train; with the way to
    the calls.
    """
    if not of:
        return
    parts = []
    if of.waiting:
        parts.append(
            counted(of.waiting, "{n} llamada con una falta crítica por confirmar",
                    "{n} llamadas con faltas críticas por confirmar")
        )  # fmt: skip
    if of.confirmed:
        parts.append(
            counted(of.confirmed, "{n} llamada anulada por una falta crítica confirmada",
                    "{n} llamadas anuladas por faltas críticas confirmadas")
        )  # fmt: skip
    address = {"agent": login}
    if of.since is not None and of.until is not None:
        address["days"] = f"{of.since.isoformat()}_{of.until.isoformat()}"
    if not of.confirmed:
        address["state"] = "critical"
    with st.container(horizontal=True, vertical_alignment="center", key=f"grave-{login}"):
        whose = f"**{plain(name)}**: " if name else ""
        st.markdown(f":red[{SIGNS['fail']}] {whose}{', '.join(parts)}.")
        st.page_link("views/calls.py", label=t("Verlas"), icon=":material/gavel:", query_params=address)
