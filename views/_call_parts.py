"""The cards of the call screen around the player. Text that comes from a call goes through `plain`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from coach import as_said, forms, owners, promises
from coach.better_lines import better_line
from coach.judged_by import past_criterion
from coach.promises import Left
from coach.quotes import distinct
from coach.types import Call
from coach.written import whole_percent
from nlp.types import Promise, TalkStats
from rubrics.settled import Settled
from rubrics.types import Criterion, Pack, Rubric, Verdict
from transcripts.types import Quote
from views import _address, _call_data, _critical_word, _formats, _labels, _pages, _session
from views._formats import SIGNS
from views._text import counted, own, quoted, retold, t
from views._widgets import Figure, figures, plain


def header(call: Call, now: Settled | None, *, short: bool = False) -> None:
    """Who and when, and what came of it, in one line where `short`; blind (no `now`) only the former."""
    recording = call.transcript.recording
    agent = call.transcript.agents or owners.with_agent(_session.store(), recording).agent or t("Agente")
    debtor = recording.debtor_name
    st.title(plain(t("{agent} con {debtor}", agent=agent, debtor=debtor) if debtor else agent))
    st.markdown(plain(facts(call)))
    if now is None:
        st.info(t("Esta llamada se revisa a ciegas: lo que dijo Temple se ve al comparar."))
        return
    shown = [_points(call, now), _judged(call), _promised(call)]
    if short:
        st.caption(" · ".join(plain(f"{one.label}: {one.value}") for one in shown))
    else:
        figures(shown, key="figures")
        _suggestions(call, now)


def _suggestions(call: Call, now: Settled) -> None:
    """What it takes that there are points, and who sees to it; an agent is told no more than that."""
    viewer, rules = _session.viewer(), _session.settings().trust
    if not now.none_counts or call.scorecard.evaluable == "no" or now.void or viewer.role == "agent":
        return
    st.caption(
        plain(
            t(
                "Todavía sin puntos: un criterio cuenta cuando {n} revisiones a ciegas o más lo respaldan. "
                "Cuánto falta se ve en «Calibración». Quien administra puede hacer que todos cuenten desde "
                "ya: en coach.toml, sección [trust], count_all = true.",
                n=rules.least_blind,
            )
        )
    )
    if _pages.has(viewer.role, "calibration"):
        st.page_link("views/calibration.py", label=t("Cuánto falta"), icon=":material/balance:")


def facts(call: Call) -> str:
    """«jue 8 oct 2026 · 17:40 · 24 s · Crédito Alameda · México»."""
    recording = call.transcript.recording
    started = recording.call_started_at
    known = (
        _formats.day(started), _formats.hour(started), _formats.duration(call.transcript.duration_s),
        recording.company, _labels.country(recording.country) if recording.country else "",
        _debt(call), t("sin asignar") if recording.agent_login is None else "",
    )  # fmt: skip
    return " · ".join(fact for fact in known if fact and fact != _formats.NOTHING)


def label_of(call: Call, criterion: str) -> str:
    """What people read for a criterion or rule of the call, or one that it was judged by before."""
    form, pack = _session.form(call), _session.pack(call)
    known = (*form.criteria, *(pack.rules if pack else ()))
    found = next((one for one in known if one.id == criterion), None)
    found = found or past_criterion(_session.settings(), criterion)
    return own(found.label, found.label_en) if found else criterion.replace("_", " ")


def critical(call: Call, now: Settled, rubric: Rubric, pack: Pack | None) -> None:
    """Each critical failure: its words, what to say instead, and a person's word on it."""
    _address.said()
    judged = now.verdicts | now.pack_verdicts
    for criterion in (*rubric.criteria, *(pack.rules if pack else ())):
        if criterion.id in (*now.to_confirm, *now.confirmed):
            critical_card(call, criterion, judged[criterion.id], now)


def talk(call: Call) -> None:
    """Who talked how much: by the clock where the speakers are sure, else by words."""
    stats = call.findings.talk
    with st.container(border=True, height="stretch", key="part-talk"):
        st.markdown(f"##### {t('Quién habló')}")
        timed = stats.agent_s is not None and stats.debtor_s is not None
        agent, far = (stats.agent_s, stats.debtor_s) if timed else (stats.agent_words, stats.debtor_words)
        alone = not far and (others := _words_of_others(call))  # the debtor never came to the phone
        if alone:
            agent, far = stats.agent_words, others
        whole = (agent or 0) + (far or 0)
        if not whole:
            st.caption(t("No se sabe: no hay palabras de ninguno de los dos con seguridad."))
            return
        share, mine = (agent or 0) / whole, _session.viewer().role == "agent"
        rest = 1 - whole_percent(share) / 100  # of two halves of a percent one goes up
        st.markdown(f"### {_formats.percent(share)} · {_formats.percent(rest)}")
        far_side = t("otra persona") if alone else t("deudor")
        st.markdown(
            f"{t('usted') if mine else t('agente')} · {far_side}"
            + ("" if timed and not alone else f", {t('según las palabras')}")
        )
        if stats.overlap_s is not None:
            times = counted(len(stats.interruptions), "{n} vez", "{n} veces")
            st.markdown(t("Se encimó al deudor: {times}", times=times))
        if stats.silence_s is not None:
            st.markdown(t("Silencio: {time}", time=_formats.duration(stats.silence_s)))
        for line in _manner(stats, mine=mine):
            st.markdown(line)
        n = stats.longest_agent_turn_words
        its = t("Su turno más largo tuvo {n} palabras.", n=n)
        longest = its if mine else t("El turno más largo del agente tuvo {n} palabras.", n=n)
        lasted = stats.longest_agent_turn_s
        st.caption(longest if lasted is None else f"{longest} {_formats.duration(lasted)}.")


def _words_of_others(call: Call) -> int:
    return sum(len(turn.text.split()) for _, turn in call.transcript.said_by("other"))


def _manner(stats: TalkStats, *, mine: bool) -> Iterator[str]:
    """How it was talked, as far as it could be measured: a line for each kind of fact."""
    if stats.cuts_by_debtor:
        yield t(
            "Lo interrumpieron: {times}", times=counted(len(stats.cuts_by_debtor), "{n} vez", "{n} veces")
        )
    pace = ((t("Usted") if mine else t("Agente"), stats.agent_wpm), (t("Deudor"), stats.debtor_wpm))
    if told := " · ".join(f"{who} {round(wpm)}" for who, wpm in pace if wpm is not None):
        yield t("Palabras por minuto: {told}", told=told)
    if stats.silences is not None and stats.holds is not None:
        silences = counted(len(stats.silences), "{n} silencio largo", "{n} silencios largos")
        yield f"{silences} · {counted(len(stats.holds), '{n} espera', '{n} esperas')}"
    if stats.debt_told_s is not None:
        yield t("Tardó {time} en decir el motivo", time=_formats.duration(stats.debt_told_s))
    if stats.agent_questions is not None:
        n = stats.agent_questions
        own_ones = counted(n, "{n} pregunta suya", "{n} preguntas suyas")
        yield own_ones if mine else counted(n, "{n} pregunta del agente", "{n} preguntas del agente")
    if stats.agent_hedges is not None and stats.agent_fillers is not None:
        hedges = counted(stats.agent_hedges, "{n} palabra de duda", "{n} palabras de duda")
        yield f"{hedges} · {counted(stats.agent_fillers, '{n} muletilla', '{n} muletillas')}"


def trust(call: Call) -> None:
    """How far the transcript can be believed."""
    believed = call.transcript.trust
    with st.container(border=True, height="stretch", key="part-trust"):
        st.markdown(f"##### {t('Qué tanto se puede confiar')}")
        for notice in believed.notices:
            st.markdown(f"{SIGNS['review']} {plain(retold(notice.text))}")
        if believed.stretches:
            st.markdown(
                counted(
                    len(believed.stretches),
                    "{n} tramo que no cuenta como prueba",
                    "{n} tramos que no cuentan como prueba",
                )
            )
        if not believed.notices and not believed.stretches:
            st.markdown(f"{SIGNS['pass']} {t('Sin avisos.')}")
        engine = call.transcript.engine
        heard = t("Transcripción importada") if engine.name == "import" else f"{engine.name} · {engine.model}"
        form, base = forms.made_by(_session.settings(), call.scorecard.rubric)
        form = t("{form}, sobre {base}", form=form, base=base) if base else form
        st.caption(plain(f"{heard} · {form}"))


def critical_card(
    call: Call, criterion: Criterion, verdict: Verdict, now: Settled, *, listed: bool = False
) -> None:
    """`listed`: among those of other calls, so with whose it is and a way to hear it."""
    confirmed = criterion.id in now.confirmed
    with st.container(border=True, key=f"critical-{call.id}-{criterion.id}"):
        if listed:
            whose(call, verdict)
        label = plain(own(criterion.label, criterion.label_en))
        state = t("crítica confirmada: la llamada queda anulada") if confirmed else t("crítica por confirmar")
        st.markdown(f":red[**{SIGNS['fail']} {label}**] · {state}")
        for quote in distinct(call.transcript, verdict.evidence):
            st.markdown(f"> {in_context(call, quote)}")
        if not verdict.evidence:
            st.markdown(plain(verdict.told))
        if better := better_line(call, criterion, verdict, _session.settings()):
            st.markdown(f"{t('Mejor así:')} {plain(better)}")
        if not confirmed and _session.viewer().may("confirm"):
            _critical_word.decide(call, criterion, now)


def whose(call: Call, verdict: Verdict | None) -> None:
    """Whose call it is, and a way to hear where the verdict's words were said."""
    recording = call.transcript.recording
    address = {"call": call.id}
    if verdict is not None and verdict.evidence:
        address["turn"] = str(verdict.evidence[0].turn)
        at = _call_data.second_of(call.transcript.turns[verdict.evidence[0].turn], verdict.evidence[0].start)
        address |= {"at": f"{at:.1f}"} if at is not None else {}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        who = owners.with_agent(_session.store(), recording).agent or recording.agent_login
        st.markdown(f"**{plain(who or t('sin asignar'))}** · {plain(facts(call))}")
        label, icon = (
            (t("Oír en la llamada"), ":material/hearing:")
            if recording.audio
            else (t("Leer en la llamada"), ":material/article:")
        )
        st.page_link("views/call.py", label=label, icon=icon, query_params=_pages.led(address))


def _points(call: Call, now: Settled) -> Figure:
    if now.void:
        would_be = _formats.points(now.would_be, None, None)
        return Figure(t("Puntos"), "0", t("anulada; habrían sido {points}", points=would_be))
    if call.scorecard.evaluable == "no":
        return Figure(t("Puntos"), _formats.NOTHING, t("no evaluable: no cuenta"))
    if now.none_counts:
        return Figure(t("Puntos"), _formats.NOTHING, t("Los criterios son solo sugerencia todavía"))
    judged = sum(v.outcome != "na" and not v.needs_review for v in now.verdicts.values())
    basis = counted(judged, "{n} criterio juzgado", "{n} criterios juzgados")
    if now.to_review:
        basis = t("{basis}, {n} por revisar", basis=basis, n=now.to_review)
    return Figure(t("Puntos"), _formats.standing(now), basis)


def _judged(call: Call) -> Figure:
    names = {"yes": t("Sí"), "partly": t("En parte"), "no": t("No")}
    return Figure(t("Evaluable"), names[call.scorecard.evaluable], call.scorecard.evaluable_reason)


def _promised(call: Call) -> Figure:
    found = as_said.promised(call)
    if found is None and (left := promises.left_of(_session.store(), call.id)):
        due = _formats.day(left.due_on) if left.due_on else t("sin fecha firme")
        return Figure(_firmly(left.firm), money_of(call, left), due)
    if found is None:
        return Figure(t("Promesa"), t("Sin promesa"))
    later = _formats.parts(found.later, found.currency, call.transcript.recording.country)
    firm = found.firm and not as_said.unsure(call)
    return Figure(_firmly(firm), money_of(call, found), " · ".join((when(call, found), *later)))


def _firmly(firm: bool) -> str:
    """As lists name it: no sum is read alone that may not have been agreed."""
    return t("Promesa") if firm else t("Promesa por precisar")


def money_of(call: Call, of: Promise | Left) -> str:
    return _formats.money(of.amount, of.currency, call.transcript.recording.country)


def when(call: Call, found: Promise) -> str:
    # «el viernes» counts from the day of the call
    none = t("sin fecha firme") if call.transcript.recording.call_date else t("falta la fecha de la llamada")
    day = _formats.day(found.date) if found.date else none
    return " · ".join(part for part in (day, found.channel) if part)


def said(call: Call, quote: Quote) -> str:
    """«quote» with when and by whom."""
    shown = _call_data.evidence(call.transcript, quote)
    return f"{quoted(shown['before'] + shown['text'] + shown['after'])} {_place(shown)}"


def in_context(call: Call, quote: Quote) -> str:
    """The same as markdown, the quote in bold between the words around it."""
    shown = _call_data.evidence(call.transcript, quote)
    before, after = plain(shown["before"]), plain(shown["after"])
    return quoted(f"{before}**{plain(shown['text'].strip())}**{after}") + " " + plain(_place(shown))


def _place(shown: dict[str, Any]) -> str:
    """«(0:14 · Rubén Arce · turno 5)»."""
    when = "" if shown["at"] is None else f"{_formats.clock(shown['at'])} · "
    return f"({when}{shown['where']})"


def _debt(call: Call) -> str:
    recording = call.transcript.recording
    facts = recording.facts
    if facts.amount_due is None:
        return ""
    owed = _formats.money(facts.amount_due, facts.currency, recording.country)
    if facts.days_late is None:
        return owed
    return counted(facts.days_late, "{owed}, {n} día de atraso", "{owed}, {n} días de atraso", owed=owed)
