"""A call's scorecard on paper: two pages of A4 at the most usual, readable in black and white.

Every word of a call is escaped: it can be no markup of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from coach import as_said
from coach.exporters.paper import COLOURS, LEAD, MUTED, WAITS, pdf, plain, styles, table, text
from coach.exporters.words import day, word
from coach.quotes import distinct
from coach.shield import read_around
from coach.types import Call
from coach.written import Language, duration, money, shortened
from rubrics.settled import Settled
from rubrics.types import Criterion, Pack, Rubric, Verdict
from transcripts.types import Quote

AROUND = 60  # characters of the turn shown on either side of a short quote
MOST = {"pass": 1, "fail": 3, "na": 0}  # quotes of a verdict on paper
LONGEST = 320  # characters of a quote or a reason on paper


def scorecard_pdf(
    call: Call,
    now: Settled,
    form: Rubric,
    pack: Pack | None,
    language: Language = "es",
    *,
    better: Mapping[str, str],
    today: date,
) -> bytes:
    """The scorecard as its viewer may see it: `call` and `now` are what `coach.releases` gives the viewer.
    `better` holds what to say instead by the id of the failed criterion.
    """
    groups = _groups(call, now, form, pack, language, better)
    story = [*_head(call, language), *_result(call, now, language), *groups]
    title = f"{word('scorecard', language)} · {call.id}"
    foot = word("form", language, form=call.scorecard.rubric)
    return pdf(story, title, foot, language, today)


def _head(call: Call, language: Language) -> list[Flowable]:
    recording = call.transcript.recording
    facts = [
        ("agent", recording.agent or recording.agent_login or word("unknown", language)),
        ("debtor", recording.debtor_name),
        ("day", day(recording.call_started_at, language)),
        ("duration", duration(call.transcript.duration_s)),
        ("company", recording.company),
        ("portfolio", recording.portfolio),
    ]
    cells = [[text(word(name, language), "label"), text(value, "fact")] for name, value in facts if value]
    half = (len(cells) + 1) // 2
    rows = [
        [*left, *(cells[half + at] if half + at < len(cells) else ("", ""))]
        for at, left in enumerate(cells[:half])
    ]
    facts_of = Table(rows, colWidths=[22 * mm, 65 * mm, 22 * mm, 65 * mm], hAlign="LEFT")
    facts_of.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return [text(word("scorecard", language), "title"), Spacer(1, 2 * mm), facts_of, Spacer(1, 4 * mm)]


def _result(call: Call, now: Settled, language: Language) -> Iterator[Flowable]:
    card = call.scorecard
    if card.evaluable != "yes":
        name = "not_evaluable" if card.evaluable == "no" else "partly"
        yield text(word(name, language, why=card.evaluable_reason), "plain")
    if card.evaluable != "no":
        yield text(_points(now, language), "points")
    if now.void:
        would = word("would_be", language, n=round(now.would_be)) if now.would_be is not None else ""
        faults = len(now.confirmed)
        void = word("void" if faults == 1 else "void_many", language, n=faults)
        yield text(f"{void}. {would}", "plain", COLOURS["fail"])
    elif now.to_confirm:
        yield text(word("to_confirm", language), "plain", WAITS)
    if now.to_review:
        name = "to_review" if _is_open(now) else "waits"
        name += "_one" if now.to_review == 1 else ""
        yield text(word(name, language, n=now.to_review), "plain", MUTED)
    yield text(_promise(call, language), "plain")
    yield Spacer(1, 3 * mm)


def _points(now: Settled, language: Language) -> str:
    if now.points is None:
        return f"{word('points', language)}: {word('no_points', language)}"
    low, high = round(now.points_low or 0), round(now.points_high or 0)
    value = f"{low}–{high}" if _is_open(now) else f"{round(now.points)}"
    return f"{word('points', language)}: {value} {word('of_100', language)}"


def _is_open(now: Settled) -> bool:
    """Whether the points are told as a range: not of a call that is voided, nor where what waits weighs
    nothing.
    """
    low, high = now.points_low, now.points_high
    return low is not None and high is not None and round(low) != round(high)


def _promise(call: Call, language: Language) -> str:
    found = as_said.promised(call)
    if found is None:
        return word("no_promise", language)
    country = call.transcript.recording.country
    parts = []
    if found.amount is not None:
        parts.append(money(found.amount, found.currency, country))
    if found.date is not None:
        parts.append(day(found.date, language))
    if not found.firm:
        parts.append(word("promise_vague", language))
    if as_said.unsure(call):
        parts.append(word("promise_unsure", language))
    if again := as_said.repeated(call, found):
        other = again in as_said.ANSWERED and as_said.by_another(call, found)
        parts.append(word(f"again_{again}{'_other' if other else ''}", language))
    return f"{word('promise', language)}: {', '.join(parts)}."


def _groups(
    call: Call,
    now: Settled,
    form: Rubric,
    pack: Pack | None,
    language: Language,
    better: Mapping[str, str],
) -> Iterator[Flowable]:
    by_group: dict[str, list[Criterion]] = {}
    for criterion in form.criteria:
        if criterion.id in now.verdicts:
            by_group.setdefault(criterion.group, []).append(criterion)
    for name, criteria in by_group.items():
        yield from _group(call, word(name, language), criteria, now, language, better)
    rules = [
        rule
        for rule in (pack.rules if pack else ())
        if rule.id in now.pack_verdicts and now.pack_verdicts[rule.id].outcome != "na"
    ]
    if pack and rules:
        title = word("rules", language, rules=pack.title_en if language == "en" else pack.title)
        yield from _group(call, title, rules, now, language, better)


def _group(
    call: Call,
    title: str,
    criteria: Sequence[Criterion],
    now: Settled,
    language: Language,
    better: Mapping[str, str],
) -> Iterator[Flowable]:
    verdicts = now.verdicts | now.pack_verdicts
    rows = [[text(word(name, language), "label") for name in ("criterion", "verdict", "why")]]
    rows += [_row(call, one, verdicts[one.id], now, language, better.get(one.id, "")) for one in criteria]
    rows_of = table(rows, [46 * mm, 26 * mm, 102 * mm])
    head = text(title, "group")
    yield KeepTogether([head, rows_of]) if len(rows) < 6 else head
    if len(rows) >= 6:
        yield rows_of
    yield Spacer(1, 3 * mm)


def _row(
    call: Call, one: Criterion, verdict: Verdict, now: Settled, language: Language, better: str
) -> list[Flowable]:
    label = one.label_en if language == "en" and one.label_en else one.label
    if getattr(one, "advice", False):
        label = word("advice", language, label=label)
    said = word(verdict.outcome, language)
    colour = COLOURS[verdict.outcome]
    if verdict.needs_review:
        said, colour = word("review", language, said=said), WAITS
    why = [text(shortened(verdict.told, LONGEST), "small")]
    shown = distinct(call.transcript, verdict.evidence)[: MOST[verdict.outcome]]
    why += [_quoted(call, quote, language) for quote in shown]
    if better:
        why.append(text(word("better", language, text=better), "small", LEAD))
    if one.id in now.suggestions:
        why.append(text(word("suggestion", language), "small", MUTED))
    return [text(label, "cell"), text(said, "verdict", colour), why]


def _quoted(call: Call, quote: Quote, language: Language) -> Paragraph:
    """The quote in bold with the words around it, and where it is said."""
    before, words, after = read_around(call.transcript.turns[quote.turn].text, quote.start, quote.end)
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    said = f"«{plain(before)}<b>{plain(shortened(words, LONGEST))}</b>{plain(after)}»"
    return Paragraph(f"{said} ({word('turn', language, n=quote.turn + 1)})", styles()["quote"])
