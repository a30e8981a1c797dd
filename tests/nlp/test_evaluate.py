"""The figures of `coach eval`, on three short calls whose findings are known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nlp.cues import Side
from nlp.learn.evaluate import evaluate, rules_in
from nlp.learn.examples import Example
from nlp.tagger import Label
from nlp.types import Findings
from tests.dialogue import dialogue, found
from transcripts.types import Speaker, Transcript


def labelled(call_id: str, lines: str, *labels: str, **facts: Any) -> Example:
    """A call by hand: its lines, and «label@turn: words» for every label."""
    call = dialogue(lines)
    turns: list[dict[str, Any]] = [{"speaker": t.speaker, "text": t.text, "labels": []} for t in call.turns]
    for one in found(call, *labels).findings:
        place = {"id": one.label, "start": one.quote.start, "end": one.quote.end}
        turns[one.quote.turn]["labels"].append(place)
    about = {"author": "a", "split": "dev", "country": "MX", "noise": "clean", "call_date": "2025-03-10"}
    return Example.model_validate({"id": call_id, **about, "turns": turns, **facts})


CALLS = (
    labelled(
        "c1",
        """
        A: Buenas tardes, le habla Ana Ruiz.
        D: No tengo dinero, me quedé sin trabajo.
        A: Le ofrezco tres pagos.
        D: Ya le dije que no tengo dinero.
        """,
        "greeting@0: le habla Ana Ruiz", "no_money@1: No tengo dinero", "job_loss@1: me quedé sin trabajo",
        "offers_alternatives@2: tres pagos", "no_money@3: no tengo dinero",
    ),
    labelled(
        "c2", "A: y tú cuándo pagas\nD: ya pagué, y le doy quinientos el sábado",
        "tuteo@0: tú", "already_paid@1: ya pagué", country="CO", noise="asr",
        promise={"turn": 1, "amount": 500, "currency": "COP", "date": "2025-03-15", "channel": None},
    ),
    labelled("c3", "A: ¿Bueno?\nD: Me despidieron, no hay dinero.", "job_loss@1: Me despidieron"),
)  # fmt: skip


def machine(call: Transcript) -> Findings:
    """What an analysis that errs now and then would find."""
    match call.recording.id:
        case "c1":
            return found(
                call, "greeting@0: Buenas tardes", "no_money@1: dinero", "other_debts@1",
                "offers_alternatives@2", "no_money@3*0.5",
            )  # fmt: skip
        case "c2":
            promise = {"quote": "1: le doy quinientos", "amount": 500, "date": date(2025, 3, 16)}
            return found(
                call, "impatient@0", "already_paid@1", "no_money@1", "amount_said@1", promise=promise
            )
    promise = {"quote": "1", "amount": Decimal(100), "date": date(2025, 3, 16)}
    return found(call, "none@0", "other_debts@1", promise=promise)


def fired(text: str, side: Side) -> dict[str, str]:
    rules = {"dinero": "no_money", "trabajo": "job_loss"}
    return {f"rule:{label}/1": label for word, label in rules.items() if word in text}


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return evaluate(CALLS, analyze=machine, tag_all=nothing, fired=fired)


def nothing(utterances: Sequence[tuple[Speaker, str]]) -> list[list[Label]]:
    return [[] for _ in utterances]


def figures(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[key] for key in ("n", "said", "precision", "recall", "f1"))


def test_objections_by_turn(report: dict[str, Any]) -> None:
    rows = report["calls"]["objections"]["per_turn"]
    assert figures(rows["no_money"]) == (
        2,
        2,
        0.5,
        0.5,
        0.5,
    )  # below its bar, that of c1's turn 3 is no claim
    assert figures(rows["job_loss"]) == (2, 0, None, 0.0, 0.0)
    assert figures(rows["micro"]) == (5, 5, 0.4, 0.4, 0.4)


def test_an_objection_counts_once_a_call(report: dict[str, Any]) -> None:
    rows = report["calls"]["objections"]["per_call"]
    assert figures(rows["no_money"]) == (1, 2, 0.5, 1.0, 0.667)
    assert figures(rows["micro"]) == (4, 5, 0.4, 0.5, 0.444)


def test_macro_is_the_mean_over_the_labels_of_the_gold(report: dict[str, Any]) -> None:
    macro = report["calls"]["objections"]["per_turn"]["macro"]  # no_money 0.5, job_loss 0, already_paid 1
    assert (macro["precision"], macro["recall"], macro["f1"]) == (0.5, 0.5, 0.5)


def test_acts_leave_none_out(report: dict[str, Any]) -> None:
    rows = report["calls"]["acts"]["per_turn"]
    assert figures(rows["micro"]) == (3, 3, 0.667, 0.667, 0.667)
    assert "none" not in rows


def test_the_interval_draws_whole_calls(report: dict[str, Any]) -> None:
    # one draw in 27 holds c3 alone (F1 0), one in 27 c2 alone (F1 0.667): both are more than 2.5 %
    assert report["calls"]["objections"]["per_turn"]["micro"]["interval"] == [0.0, 0.667]


def test_precision_and_recall_have_their_intervals_too(report: dict[str, Any]) -> None:
    # by the same draws: c3 alone has nothing right; c2 alone half of what was said, and all that was there
    spans = report["calls"]["objections"]["per_turn"]["micro"]["spans"]
    assert spans == {"precision": [0.0, 0.5], "recall": [0.0, 1.0]}


def test_the_same_seed_gives_the_same_report(report: dict[str, Any]) -> None:
    assert evaluate(CALLS, analyze=machine, tag_all=nothing, fired=fired) == report


def test_a_confusion_is_a_label_missed_where_another_was_said(report: dict[str, Any]) -> None:
    assert report["calls"]["confusions"] == [
        {"gold": "job_loss", "said": "other_debts", "n": 2},
        {"gold": "tuteo", "said": "impatient", "n": 1},
    ]


def test_countries_and_noise_apart(report: dict[str, Any]) -> None:
    countries, noise = report["calls"]["countries"], report["calls"]["noise"]
    assert list(countries) == ["CO", "MX"]
    assert figures(countries["MX"]["objections"]["per_turn"]) == (4, 3, 0.333, 0.25, 0.286)
    assert figures(noise["asr"]["objections"]["per_turn"]) == (1, 2, 0.5, 1.0, 0.667)
    assert (noise["clean"]["n"], noise["asr"]["n"]) == (2, 1)


def test_promise_sum_and_day(report: dict[str, Any]) -> None:
    assert report["calls"]["promise"] == {
        "n": 3, "exact": 0.333, "promised": 1, "exact_promised": 0.0, "amount": 1.0, "date": 0.0,
        "made_up": 1,
    }  # fmt: skip


def test_familiar_address_by_call(report: dict[str, Any]) -> None:
    expected = {"n": 3, "right": 0.667, "familiar": 1, "missed": 1, "made_up": 0}
    assert report["calls"]["address"] == expected


def test_quotes_meet_the_words_of_the_gold(report: dict[str, Any]) -> None:
    assert report["calls"]["quotes"] == {
        "objections": {"n": 2, "overlap": 1.0},
        "acts": {"n": 2, "overlap": 0.5},  # «Buenas tardes» is not «le habla Ana Ruiz»
    }


def test_rules_that_hit_in_three_turns(report: dict[str, Any]) -> None:
    expected = {"label": "no_money", "turns": 3, "coverage": 0.75, "right": 0.667, "conflict": 0.333}
    assert report["rules"] == {"rule:no_money/1": expected}


def test_utterances_are_tagged_alone_and_context_is_not_labelled() -> None:
    turns = [
        {"speaker": "agent", "text": "¿Cuándo paga?", "context": True},
        {
            "speaker": "debtor",
            "text": "No tengo dinero.",
            "labels": [{"id": "no_money", "start": 0, "end": 15}],
        },
    ]
    facts = {"author": "u", "split": "dev", "country": "PE", "noise": "clean", "kind": "turn"}
    examples = [Example.model_validate({"id": f"u-{i}", **facts, "turns": turns}) for i in range(2)]
    asked: list[tuple[Speaker, str]] = []

    def tag_all(utterances: Sequence[tuple[Speaker, str]]) -> list[list[Label]]:
        asked.extend(utterances)
        return [[Label("no_money", 0.9)], [Label("call_later", 0.9)]]

    report = evaluate(examples, analyze=machine, tag_all=tag_all, fired=fired)
    assert asked == [("debtor", "No tengo dinero.")] * 2
    assert report["calls"]["n"] == 0
    assert figures(report["utterances"]["objections"]["per_turn"]["micro"]) == (2, 2, 0.5, 0.5, 0.5)
    assert report["utterances"]["confusions"] == [{"gold": "no_money", "said": "call_later", "n": 1}]


def test_keys_are_there_where_there_is_nothing_to_count(report: dict[str, Any]) -> None:
    empty = evaluate([], analyze=machine, tag_all=nothing, fired=fired)
    assert empty.keys() == report.keys()
    assert empty["calls"].keys() == report["calls"].keys()
    assert empty["calls"]["objections"]["per_turn"].keys() == report["calls"]["objections"]["per_turn"].keys()
    assert empty["calls"]["promise"]["exact"] is None


def test_the_rules_of_a_turn_by_source() -> None:
    hits = rules_in("No tengo dinero, joven.", "debtor")
    assert hits
    assert set(hits.values()) == {"no_money"}
    assert all(source.startswith("rule:no_money") for source in hits)
