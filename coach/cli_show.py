"""`coach show`: a call's scorecard in the terminal, every verdict with the words it stands on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from coach.promises import Left
    from coach.types import Call
    from rubrics.settled import Settled
    from rubrics.types import Criterion, Pack, Rubric, Verdict
    from transcripts.types import Transcript

SIGNS = {"pass": ("✓", "green"), "fail": ("✕", "red"), "na": ("–", "bright_black")}
GROUPS = {
    "apertura": "Apertura",
    "trato": "Trato",
    "escucha": "Escucha",
    "negociacion": "Negociación",
    "cierre": "Cierre",
}

_UNTIL_THEN = (
    "«coach trust» dice cuánto falta para que cuenten. Quien administra los hace contar todos desde ya con "
    "count_all = true en la sección [trust] de coach.toml."
)


def print_call(
    call: Call,
    now: Settled,
    rubric: Rubric,
    out: Console,
    pack: Pack | None = None,
    left: Left | None = None,
    made_by: tuple[str, str] = ("", ""),
) -> None:
    """Where the call stands `now`, with what people said of it: head, promise (what is `left` of it where its
    words were erased), verdicts by group, what to know of the transcript. `made_by`: the form of the
    scorecard, and what it was based on then.
    """
    from rich.markup import escape

    recording = call.transcript.recording
    head = [
        call.transcript.agents or recording.agent_login or "agente sin asignar",
        recording.debtor_name,
        recording.company,
        recording.country,
    ]
    out.print(f"[bold]{escape(call.id)}[/]  {escape(' · '.join(part for part in head if part))}")
    out.print(f"{when(call.transcript)}  {length(call.transcript.duration_s)}")
    out.print(escape(points(call, now)))
    form, base = made_by
    if form:
        out.print(escape(f"Pauta: {form}, sobre {base}" if base else f"Pauta: {form}"))
    if now.none_counts and call.scorecard.evaluable != "no":
        out.print(escape(_UNTIL_THEN))
    if now.to_confirm:
        known = (*rubric.criteria, *(pack.rules if pack else ()))
        names = ", ".join(_label(known, name) for name in now.to_confirm)
        out.print(f"[red]Falta crítica por confirmar:[/] {escape(names)}")
    for line in promised(call, left):
        out.print(escape(line))
    for group, title in GROUPS.items():
        criteria = [c for c in rubric.criteria if c.group == group and c.id in now.verdicts]
        if criteria:
            out.print(f"\n[bold]{title}[/]")
        for criterion in criteria:
            _print_verdict(call.transcript, criterion.label, now.verdicts[criterion.id], out)
    if pack is not None:
        _print_rules(call, now, pack, out)
    if call.transcript.trust.notices:
        out.print("\n[bold]Sobre la transcripción[/]")
        for notice in call.transcript.trust.notices:
            out.print(f"  {escape(notice.text)}")


def _print_rules(call: Call, now: Settled, pack: Pack, out: Console) -> None:
    """The country's rules that applied, with their source; what is only advice says so."""
    from rich.markup import escape

    judged = now.pack_verdicts
    rules = [rule for rule in pack.rules if rule.id in judged and judged[rule.id].outcome != "na"]
    if not rules:
        return
    out.print(f"\n[bold]{escape(pack.title)}[/] [bright_black]No es asesoría legal.[/]")
    for rule in rules:
        label = f"{rule.label} (consejo)" if rule.advice else rule.label
        _print_verdict(call.transcript, label, judged[rule.id], out)
        out.print(f"      [bright_black]{escape(rule.law)}[/]")


def _print_verdict(transcript: Transcript, label: str, verdict: Verdict, out: Console) -> None:
    from rich.markup import escape

    from coach.quotes import distinct

    sign, colour = SIGNS[verdict.outcome]
    review = " [yellow]? por revisar[/]" if verdict.needs_review else ""
    out.print(f"  [{colour}]{sign}[/] {escape(label)}{review}  [bright_black]{escape(verdict.told)}[/]")
    if verdict.outcome == "fail":
        for quote in distinct(transcript, verdict.evidence):
            out.print(f"      «{escape(quote.text)}» [bright_black]{_place(transcript, quote.turn)}[/]")


def points(call: Call, now: Settled) -> str:
    """«82 puntos (74–88)», or why there are none: the figure that the screens show."""
    card = call.scorecard
    if now.void:
        would_be = "" if now.would_be is None else f"; habrían sido {now.would_be:.0f}"
        n = len(now.confirmed)
        faults = "una falta crítica confirmada" if n == 1 else f"{n} faltas críticas confirmadas"
        return f"0 puntos: anulada por {faults}{would_be}"
    if now.none_counts and card.evaluable != "no":
        return "Sin puntos: los criterios son solo sugerencia todavía."
    if card.evaluable == "no" or now.points is None:
        return f"Sin puntos: {card.evaluable_reason or 'no hubo nada que evaluar con certeza.'}"
    low, high = now.points_low, now.points_high
    spread = f" ({low:.0f}–{high:.0f})" if low is not None and high is not None and low != high else ""
    partly = f" · evaluable en parte: {card.evaluable_reason}" if card.evaluable == "partly" else ""
    return f"{now.points:.0f} puntos{spread}{partly}"


def promised(call: Call, left: Left | None = None) -> Iterator[str]:
    """What the debtor committed to pay, where they did; `left` of it where its words were erased."""
    from coach.as_said import promised as stands
    from coach.as_said import unsure
    from coach.exporters.words import word
    from coach.written import money

    country = call.transcript.recording.country
    promise = stands(call)
    if promise is None:
        if left is not None:
            sum_ = money(left.amount, left.currency, country) if left.amount else "monto sin decir"
            day = left.due_on.isoformat() if left.due_on else "sin fecha"
            doubt = f" · {word('promise_unsure', 'es')}" if left.unsure else ""
            yield f"Promesa: {sum_} · {day}{doubt}. Sus palabras se borraron con el texto."
        return
    said = [
        "monto sin decir" if promise.amount is None else money(promise.amount, promise.currency, country),
        promise.date.isoformat() if promise.date else _no_day(call),
        promise.channel or "",
        *(
            f"y otra parte: {money(part.amount, promise.currency, country)} el {part.date}"
            for part in promise.later
        ),
        word("promise_unsure", "es") if unsure(call) else "",
    ]
    yield f"Promesa: {' · '.join(part for part in said if part)}: «{promise.quote.text}»"


def _no_day(call: Call) -> str:
    """Why a promise has no day: none was said, or the call has none that «el viernes» counts from."""
    return "fecha sin decir" if call.transcript.recording.call_date else "sin fecha: falta la de la llamada"


def when(transcript: Transcript) -> str:
    """The wall clock of the call, or its day."""
    started = transcript.recording.call_started_at
    return f"{started:%Y-%m-%d %H:%M}" if isinstance(started, datetime) else str(started or "sin fecha")


def length(seconds: float | None) -> str:
    """«4 min 12 s»."""
    if seconds is None:
        return "sin audio"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _place(transcript: Transcript, turn: int) -> str:
    """«turno 3, 0:12»: people count turns from one."""
    start = transcript.turns[turn].start_s
    clock = "" if start is None else f", {int(start // 60)}:{int(start % 60):02d}"
    return f"turno {turn + 1}{clock}"


def _label(criteria: Sequence[Criterion], criterion_id: str) -> str:
    return next((c.label for c in criteria if c.id == criterion_id), criterion_id)
