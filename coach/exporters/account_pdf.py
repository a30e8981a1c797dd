"""The first page of a complaint file: what there is, what matters in it, which rules hold, who had access."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from coach import discreet
from coach.account_file import AccountFile, FiledCall
from coach.audit import Entry
from coach.exporters.paper import COLOURS, WAITS, pdf, table, text
from coach.exporters.speak import Speak
from coach.exporters.words import day, word
from coach.written import Language, duration, shortened
from rubrics.types import Criterion, Pack, Rule, Verdict

LONGEST = 320  # characters of a quote or a reason
MOST_QUOTES = 3


def account_pdf(held: AccountFile, language: Language = "es", *, today: date) -> bytes:
    """The paper on top of the file; numbers in quotes are masked."""
    speak = Speak(language)
    title = speak("Expediente de la cuenta {account}", "File of account {account}", account=held.account)
    story = [text(title, "title"), Spacer(1, 2 * mm), *_summary(held, speak), *_list(held, speak)]
    story += [*_what_matters(held, speak), *_rules(held, speak), *_access(held, speak), *_made(held, speak)]
    return pdf(story, title, title, language, today)


def _summary(held: AccountFile, speak: Speak) -> Iterator[Flowable]:
    if held.debtor:
        yield text(speak("Titular: {name}", "Debtor: {name}", name=held.debtor), "plain")
    confirmed = sum(len(one.now.confirmed) for one in held.calls)
    waits = sum(len(one.now.to_confirm) for one in held.calls)
    reviewed = sum(one.call.review is not None for one in held.calls)
    disputes = sum(len(one.disputes) for one in held.calls)
    contacts = {
        (each.at, each.channel)
        for one in held.calls
        for each in one.call.transcript.recording.facts.contacts or ()
    }
    yield text(
        speak(
            "Llamadas evaluadas: {n}; sin evaluar: {m}. Revisadas por una persona: {r}. Apelaciones: {d}.",
            "Judged calls: {n}; not judged: {m}. Reviewed by a person: {r}. Disputes: {d}.",
            n=len(held.calls), m=len(held.unjudged), r=reviewed, d=disputes,
        ),
        "plain",
    )  # fmt: skip
    yield text(
        speak(
            "Faltas críticas confirmadas: {n}; por confirmar: {m}. Contactos en el registro: {c}.",
            "Confirmed critical failures: {n}; to confirm: {m}. Contacts in the log: {c}.",
            n=confirmed, m=waits, c=len(contacts),
        ),
        "plain",
        COLOURS["fail"] if confirmed else None,
    )  # fmt: skip
    yield text(
        speak(
            "Los números, direcciones y correos que se dicen en las llamadas están ocultos: pueden ser "
            "de otras personas.",
            "Numbers, addresses and e-mails said in the calls are masked: they may be other people's.",
        ),
        "small",
    )
    yield Spacer(1, 3 * mm)


def _list(held: AccountFile, speak: Speak) -> Iterator[Flowable]:
    yield text(speak("Las llamadas, en orden", "The calls, in order"), "group")
    heads = ("N.º", "Fecha", "Agente", "Duración", "Puntos", "Llamada")
    english = ("No.", "Date", "Agent", "Length", "Points", "Call")
    rows = [[text(speak(es, en), "label") for es, en in zip(heads, english, strict=True)]]
    for at, one in enumerate(held.calls, 1):
        recording = one.call.transcript.recording
        cells = (
            str(at), day(recording.call_started_at, speak.language),
            recording.agent or recording.agent_login or "—", duration(one.call.transcript.duration_s),
            _points(one, speak), one.call.id,
        )  # fmt: skip
        rows.append([text(cell, "cell") for cell in cells])
    for recording in held.unjudged:
        cells = (
            "–", day(recording.call_started_at, speak.language),
            recording.agent or recording.agent_login or "—", duration(recording.duration_s),
            speak("sin evaluar", "not judged"), recording.id,
        )  # fmt: skip
        rows.append([text(cell, "cell") for cell in cells])
    yield table(rows, [width * mm for width in (10, 30, 40, 24, 26, 44)])
    yield Spacer(1, 4 * mm)


def _points(one: FiledCall, speak: Speak) -> str:
    if one.now.void:
        return speak("anulada", "void")
    return f"{one.now.points:.0f}" if one.now.points is not None else "—"


def _what_matters(held: AccountFile, speak: Speak) -> Iterator[Flowable]:
    yield text(speak("Los veredictos que importan", "The verdicts that matter"), "group")
    found = False
    for at, one in enumerate(held.calls, 1):
        for criterion in one.criteria:
            if _matters(one, criterion):
                found = True
                yield KeepTogether(list(_verdict(at, one, criterion, speak)))
    if not found:
        none = speak(
            "Ninguna falta crítica ni de una regla del país, ni nada que decidiera una persona.",
            "No critical failure and none of a rule, and nothing that a person decided.",
        )
        yield text(none, "plain")
    yield Spacer(1, 4 * mm)


def _matters(one: FiledCall, criterion: Criterion) -> bool:
    """What fails a critical criterion or the law; of the rest what counts, a person decided, and fails or
    no longer does: what was dismissed is part of the story.
    """
    failed = _verdict_of(one, criterion).outcome == "fail"
    if not (criterion.critical or isinstance(criterion, Rule)):
        return (
            _decided(one, criterion) and criterion.counts_for > 0 and (failed or _dismissed(one, criterion))
        )
    return failed or _dismissed(one, criterion)


def _verdict_of(one: FiledCall, criterion: Criterion) -> Verdict:
    return (one.now.verdicts | one.now.pack_verdicts)[criterion.id]


def _decided(one: FiledCall, criterion: Criterion) -> bool:
    return any(
        word.criterion == criterion.id for word in (one.call.review.overrides if one.call.review else ())
    )


def _dismissed(one: FiledCall, criterion: Criterion) -> bool:
    """Whether a person took down what the machine had as a failure."""
    card = one.call.scorecard
    machine = (card.verdicts | card.pack_verdicts)[criterion.id]
    fell = machine.outcome == "fail" and _verdict_of(one, criterion).outcome != "fail"
    return fell and _decided(one, criterion)


def _state(one: FiledCall, criterion: Criterion, speak: Speak) -> tuple[str, HexColor]:
    """Where the verdict stands, and its colour. Only what voids a call is confirmed."""
    if criterion.id in one.now.to_confirm:
        return speak("por confirmar", "to confirm"), WAITS
    if criterion.id in one.now.confirmed:
        return speak("confirmada", "confirmed"), COLOURS["fail"]
    if _dismissed(one, criterion):
        return speak("descartada por una persona", "dismissed by a person"), COLOURS["pass"]
    if _decided(one, criterion):
        return speak("decidido por una persona", "decided by a person"), COLOURS["fail"]
    if _verdict_of(one, criterion).needs_review:
        return speak("por revisar", "to review"), WAITS
    return speak("según el sistema", "by the system"), WAITS


def _verdict(at: int, one: FiledCall, criterion: Criterion, speak: Speak) -> Iterator[Flowable]:
    verdict = _verdict_of(one, criterion)
    state, colour = _state(one, criterion, speak)
    head = speak(
        "Llamada {n}: {name} ({state})", "Call {n}: {name} ({state})", n=at, name=_name(criterion, speak),
        state=state,
    )  # fmt: skip
    yield text(head, "verdict", colour)
    recording = one.call.transcript.recording
    yield text(shortened(discreet.numberless_text(verdict.told, recording), LONGEST), "small")
    quoted = discreet.numberless_quotes(one.call)
    for quote in verdict.evidence[:MOST_QUOTES]:
        turn = speak("turno {n}", "turn {n}", n=quote.turn + 1)
        yield text(f"«{shortened(quoted(quote), LONGEST)}» ({turn})", "quote")
    yield Spacer(1, 2 * mm)


def _name(criterion: Criterion, speak: Speak) -> str:
    """Less certain rules are advice, and say so."""
    label = speak.label(criterion)
    advice = isinstance(criterion, Rule) and criterion.advice
    return word("advice", speak.language, label=label) if advice else label


def _rules(held: AccountFile, speak: Speak) -> Iterator[Flowable]:
    packs = {one.rules.name: one.rules for one in held.calls if one.rules is not None}
    for pack in packs.values():
        title = pack.title_en if speak.language == "en" else pack.title
        yield text(speak("{r}, no es asesoría legal", "{r}, not legal advice", r=title), "group")
        if pack.law:
            yield text(pack.law, "plain")
        rows = [
            [
                text(speak(es, en), "label")
                for es, en in (("Regla", "Rule"), ("Fuente", "Source"), ("Certeza", "Certainty"))
            ]
        ]
        rows += [
            [text(speak.label(rule), "cell"), text(rule.law, "small"), text(rule.certainty, "cell")]
            for rule in pack.rules
        ]
        rows += [
            [text(speak.label(rule), "cell"), text(_past_law(rule, speak), "small"), text("—", "cell")]
            for rule in _gone(held, pack)
        ]
        yield table(rows, [70 * mm, 84 * mm, 20 * mm])
        yield Spacer(1, 4 * mm)


def _gone(held: AccountFile, pack: Pack) -> list[Rule]:
    """What of the rules that matter above is none of `pack` any more."""
    known = {rule.id for rule in pack.rules}
    told = {
        one.id: one
        for call in held.calls
        if call.rules is not None and call.rules.name == pack.name
        for one in call.criteria
        if isinstance(one, Rule) and one.id not in known and _matters(call, one)
    }
    return list(told.values())


def _past_law(rule: Rule, speak: Speak) -> str:
    if rule.reviewed_on == date.min:  # its text is had no longer, see `JudgedBy`
        return speak("Ya no está en las reglas del país.", "No longer one of the country's rules.")
    return speak(
        "{law} (ya no está en las reglas del país)",
        "{law} (no longer one of the country's rules)",
        law=rule.law,
    )


def _access(held: AccountFile, speak: Speak) -> Iterator[Flowable]:
    yield text(speak("Quién tuvo acceso", "Who had access"), "group")
    by_login: dict[str, list[Entry]] = {}
    for entry in held.accesses:
        by_login.setdefault(entry.login, []).append(entry)
    if not by_login:
        yield text(speak("Nadie, según el registro.", "Nobody, by the log."), "plain")
    else:
        heads = (("Usuario", "Login"), ("Vio", "Saw"), ("Oyó", "Heard"), ("Cambió", "Changed"),
                 ("Exportó", "Exported"), ("Última vez (UTC)", "Last (UTC)"))  # fmt: skip
        rows = [[text(speak(es, en), "label") for es, en in heads]]
        for login, entries in sorted(by_login.items()):
            kinds = [_kind(entry.action) for entry in entries]
            counts = (str(kinds.count(kind)) for kind in ("see", "hear", "change", "export"))
            who = login or speak("la terminal", "the terminal")
            last = f"{entries[-1].at:%Y-%m-%d %H:%M}"
            rows.append([text(cell, "cell") for cell in (who, *counts, last)])
        yield table(rows, [50 * mm, 20 * mm, 20 * mm, 22 * mm, 22 * mm, 40 * mm])
    yield text(speak("Cada acceso está en accesos.csv.", "Each access is in accesos.csv."), "small")
    yield Spacer(1, 4 * mm)


def _kind(action: str) -> str:
    return {"see": "see", "see_bare": "see", "hear": "hear", "export": "export"}.get(action, "change")


def _made(held: AccountFile, speak: Speak) -> Iterator[Flowable]:
    yield text(speak("Con qué se hizo", "What made it"), "group")
    made = {
        f"{one.call.transcript.engine.name} {one.call.transcript.engine.model}".strip()
        + f" · {one.nlp_version} · {one.call.scorecard.rubric}"
        + (f" · {one.call.scorecard.pack}" if one.call.scorecard.pack else "")
        for one in held.calls
    }
    yield from (text(line, "small") for line in sorted(made))
    sums = speak(
        "La huella SHA-256 de cada archivo está en SHA256SUMS.txt.",
        "The SHA-256 of each file is in SHA256SUMS.txt.",
    )
    yield text(sums, "small")
