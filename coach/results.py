"""A judged call as other programs read it: the result line of the machine interface."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from coach import as_said
from coach.types import Call
from nlp.labels import act_ids, objection_ids
from nlp.thresholds import call_bar
from nlp.types import Findings, Promise
from rubrics.settled import Settled
from rubrics.types import Pack, Rule, Verdict
from transcripts.types import Quote

_REPLACED = "No se juzga aquí: la ley del país lo sustituye por otra regla."


def result(call: Call, pack: Pack | None) -> dict[str, Any]:
    """Keys and shapes are fixed; evidence is in characters of the turn, turns count from 0. `pack`: the
    country's rules that the call was judged by.

    A criterion in whose place a rule of the country stands keeps its outcome, by which forms are compared; it
    is named in `replaced` and says so: it weighs nothing and the screens show it as not applicable.
    """
    card = call.scorecard
    rules = {rule.id: rule for rule in (pack.rules if pack else ())}
    return {
        "id": call.id,
        "evaluable": card.evaluable,
        "objections": labelled(call.findings, objection_ids()),
        "acts": labelled(call.findings, act_ids()),
        "rubric": {name: verdict.outcome for name, verdict in card.verdicts.items()},
        "needs_review": [name for name, verdict in card.shown.items() if verdict.needs_review],
        "evidence": {name: [_quote(q) for q in verdict.evidence] for name, verdict in card.verdicts.items()},
        "reasons": {
            name: f"{_REPLACED} {verdict.told}" if name in card.replaced else verdict.told
            for name, verdict in card.verdicts.items()
        },
        "replaced": [name for name in card.verdicts if name in card.replaced],
        "pack": {name: _rule(verdict, rules.get(name)) for name, verdict in card.pack_verdicts.items()},
        "promise": _promise(call.findings.promise),
        "points": card.points,
        "critical_failures": [name for name in card.critical_failures if name not in card.pack_verdicts],
        "critical_rules": [name for name in card.critical_failures if name in card.pack_verdicts],
    }


_BY_MACHINE = (
    "objections", "rubric", "needs_review", "reasons", "pack", "promise", "points", "critical_failures",
    "critical_rules",
)  # fmt: skip


def result_of_people(call: Call, now: Settled, pack: Pack | None) -> dict[str, Any]:
    """The same keys as they stand after people's words; under `machine` what had been found and judged before
    anybody's. `call` is the machine's, with the review.
    """
    card = call.scorecard
    left = as_said.relabelled(as_said.judged(call, now))
    left = replace(left, findings=replace(left.findings, promise=as_said.settled(call)))
    kept = {name: card.verdicts[name] for name in card.replaced if name in card.verdicts}
    failed = {*now.to_confirm, *now.confirmed}
    stood = replace(
        left.scorecard,
        verdicts=left.scorecard.verdicts | kept,
        points=now.points,
        critical_failures=tuple(name for name in (*card.verdicts, *card.pack_verdicts) if name in failed),
    )
    machine = result(call, pack)
    return {
        **result(replace(left, scorecard=stood), pack),
        "void": now.void,
        "would_be": now.would_be,
        "decided": [one.criterion for one in (call.review.overrides if call.review else ())],
        "machine": {key: machine[key] for key in _BY_MACHINE},
    }


def labelled(findings: Findings, ids: Any) -> list[dict[str, Any]]:
    """Findings with one of `ids` that reach the bar for calls: once per turn and id, with the best score."""
    best: dict[tuple[int, str], float] = {}
    for finding in findings.findings:
        if finding.label in ids and finding.score >= call_bar(finding.label):
            key = finding.quote.turn, finding.label
            best[key] = max(finding.score, best.get(key, 0.0))
    return [
        {"turn": turn, "id": label, "score": round(score, 4)} for (turn, label), score in sorted(best.items())
    ]


def _rule(verdict: Verdict, rule: Rule | None) -> dict[str, Any]:
    """How it came out, and what a failure of it is; of a rule that its pack has no more nobody can tell."""
    return {
        "outcome": verdict.outcome,
        "needs_review": verdict.needs_review,
        "certainty": rule.certainty if rule else None,
        "advice": rule.advice if rule else None,
        "critical": rule.voids if rule else None,
        "reason": verdict.told,
        "evidence": [_quote(q) for q in verdict.evidence],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"turn": quote.turn, "start": quote.start, "end": quote.end, "text": quote.text}


def _promise(promise: Promise | None) -> dict[str, Any] | None:
    if promise is None:
        return None
    return {
        "amount": _number(promise.amount),
        "currency": promise.currency,
        "date": promise.date.isoformat() if promise.date else None,
        "channel": promise.channel,
        "turn": promise.quote.turn,
        "needs_review": promise.firm and promise.doubtful,
    }


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
