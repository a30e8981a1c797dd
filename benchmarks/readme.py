"""The lines of README's table of figures, each from a result that a command wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CARD = Path(__file__).resolve().parents[1] / "models" / "whisper-demo-es" / "CARD.md"

Row = tuple[str, str, str]


def rows(found: Mapping[str, Any]) -> Iterator[Row]:
    """What was measured, its figure in words, the command that repeats it."""
    yield from _understanding(found)
    yield from _machine(found)


def _understanding(found: Mapping[str, Any]) -> Iterator[Row]:
    sealed, judged = found["gold-sealed"], found["verdicts"]
    yield (
        f"{sealed['calls']} sealed dialogues by three authors, ten countries, hard on purpose: implied "
        "objections, veiled threats, messy agreements; opened three times, this figure at the second (log in the corpus card)",
        f"objections F1 {_two(sealed['objections']['all']['f1'])} per turn, acts "
        f"{_two(sealed['acts']['all']['f1'])}, tú or vos {_two(sealed['acts']['tuteo']['f1'])}; promises exact "
        f"in {_percent(sealed['promise']['exact'], 0)} of calls; verdicts "
        f"{_percent(sealed['verdicts']['accuracy'])} of {sealed['verdicts']['n']} "
        f"(κ {_two(sealed['verdicts']['kappa_pass_fail'])})",
        "`python benchmarks/gold.py tests/gold/calls_t*.jsonl`",
    )
    calls = found["eval"]["calls"]
    objections, acts = calls["objections"], calls["acts"]
    low, high = objections["per_turn"]["micro"]["interval"]
    yield (
        f"{calls['n']} dialogues of the same kind by four other authors; thresholds and part of the form's "
        "rules were chosen on them",
        f"objections F1 {_two(objections['per_turn']['micro']['f1'])} per turn ({_two(low)} to {_two(high)}) "
        f"and {_two(objections['per_call']['micro']['f1'])} per call, acts "
        f"{_two(acts['per_turn']['micro']['f1'])} and {_two(acts['per_call']['micro']['f1'])}; promises exact "
        f"in {_percent(calls['promise']['exact'], 0)}; tú or vos right in "
        f"{_percent(calls['address']['right'], 0)} of calls",
        "`coach eval`",
    )
    critical, rare = judged["critical"], judged["critical"]["precision_at_prevalence"]
    yield (
        f"{judged['calls']} labelled calls, among them the {calls['n']} above, judged by the form",
        f"verdicts {_percent(judged['accuracy'])} of {judged['n']:,} ({100 * judged['interval'][0]:.0f} to "
        f"{100 * judged['interval'][1]:.0f}), κ {_two(judged['kappa_pass_fail'])}; critical failures: recall "
        f"{_two(critical['recall'])}, precision {_two(critical['precision'])}, {critical['false_alarms']} false "
        f"alarms in the {critical['of']} verdicts without one. Where {_percent(rare['prevalence'])} of calls hold such a failure, "
        f"{_percent(rare['value'], 0)} of the alarms would be right",
        "`coach eval --rubric`",
    )
    for name, told, command in (
        (
            "gold-calls-b",
            "calls of another author (rules were once corrected after looking at three of them)",
            "tests/gold/calls_b.jsonl",
        ),
        (
            "gold-samples",
            "sample calls (watched during development, never trained on)",
            "examples/scripts/*.yaml",
        ),
    ):
        one = found[name]
        verdicts, alarms = one["verdicts"], one["verdicts"]["critical"]
        exact = round(one["promise"]["exact"] * one["promise"]["n"])
        yield (
            f"{one['calls']} {told}",
            f"objections {_two(one['objections']['all']['f1'])}, acts {_two(one['acts']['all']['f1'])}; verdicts "
            f"{_percent(verdicts['accuracy'])} of {verdicts['n']} (κ {_two(verdicts['kappa_pass_fail'])}); "
            f"promises {exact} of {one['promise']['n']}; critical failures "
            f"{round(alarms['recall'] * alarms['n'])} of {alarms['n']}, {alarms['false_alarms'] or 'no'} false "
            f"alarm{'s' if alarms['false_alarms'] > 1 else ''}",
            f"`python benchmarks/gold.py {command}`",
        )
    sides = found["labels"]
    yield (
        f"{found['eval']['utterances']['n']} single utterances, 8 countries, a quarter as a recogniser writes "
        "(thresholds chosen on them)",
        f"F1 {_two(sides['debtor']['micro']['f1'])} (debtor), {_two(sides['agent']['micro']['f1'])} (agent)",
        "`python benchmarks/labels.py tests/gold/utterances_a.jsonl`",
    )
    more = {side: found["curve"][side]["last_2000"] for side in ("agent", "debtor")}
    yield (
        "what the last 2,000 turns of training text lifted F1 by (linear tagger, authors it never saw)",
        f"{more['agent']:+.1f} points (agent), {more['debtor']:+.1f} (debtor)",
        "`python -m benchmarks.curve`",
    )
    talks = found["drills"]["kind"]
    yield (
        f"{talks['n']} drills answered well by somebody who saw neither rules nor playbook",
        f"{talks['won']} won, {_percent(talks['share'], 0)} ({100 * talks['interval'][0]:.0f} to "
        f"{100 * talks['interval'][1]:.0f}); hedging "
        f"{found['drills']['on_the_set_learnt_from']['hedging']['won']} of "
        f"{found['drills']['on_the_set_learnt_from']['hedging']['n']}, rude "
        f"{found['drills']['on_the_set_learnt_from']['rude']['won']} on the set before",
        "`python -m benchmarks.drills score tests/gold/drill_talks_b.jsonl`",
    )
    yield (
        "two careful readers against each other, the ceiling",
        "objections 0.87 to 0.94, acts 0.95",
        "[corpus card](nlp/corpus/CARD.md)",
    )


def _machine(found: Mapping[str, Any]) -> Iterator[Row]:
    speed, heard, ratios = found["nlp"], found["recognised"], found["asr"]["ratios"]
    yield (
        f"understanding and judging a ten-minute call ({speed['words_per_call']:,} words, "
        f"{speed['turns_per_call']} turns) on one core, in processor time; the aim of 150 ms is missed, "
        "decision 0007 says why",
        f"{speed['both_ms'] / 1000:.1f} s, {speed['net_ms'] / 1000:.1f} s of it the transformer; load "
        f"{speed['load_s']:.1f} s",
        "`python benchmarks/nlp_speed.py`",
    )
    screens = found["screens"]
    everything = [*screens["lists"], *screens["screens"]]
    waits = sorted(one["ms"] for one in everything)
    yield (
        f"screens and lists on {screens['calls']:,} calls (SQLite, two cores), what a person waits for the store",
        f"median {waits[len(waits) // 2]:.0f} ms; {len(screens['over_the_bars'])} of {len(everything)} over "
        f"300 ms at the median or 1 s at p95; ten people at once: p95 "
        f"{screens['ten_at_once']['p95_ms'] / 1000:.1f} s",
        "`python -m benchmarks.screens`",
    )
    yield (
        f"words of {heard['calls']} test dialogues, synthetic voices, by the demo speech model",
        f"{_percent(heard['wer']['wer'])} wrong; objections found in them F1 "
        f"{_two(heard['findings']['objections']['all']['f1'])}, acts "
        f"{_two(heard['findings']['acts']['all']['f1'])} beside those found in the true text",
        "`python benchmarks/recognised.py`",
    )
    for row, told in (
        ("the 18 sample calls", "text known to the demo model: a check of the path, not of people's speech"),
        ("150 hand-written sentences", "no training read them"),
    ):
        words, wrong = _of_card(row)
        yield (
            f"{words} words of {row}, synthetic voices; {told}",
            f"{wrong} wrong",
            "[model card](models/whisper-demo-es/CARD.md)",
        )
    yield (
        "transcribing both sides of a call against bare faster-whisper on the same call mixed to mono",
        f"{ratios['plain']['per_second_of_speech']:.2f} × (sequential), "
        f"{ratios['batched']['per_second_of_speech']:.2f} × (batched), "
        f"{ratios['batched_words']['per_second_of_speech']:.2f} × (batched with word times) per second of "
        "speech, median of alternating runs on two shared cores",
        "`python benchmarks/asr.py`",
    )


def _of_card(begins: str) -> tuple[str, str]:
    """Words heard and the share that was wrong, as the speech model's card has them."""
    [line] = [
        line for line in CARD.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {begins}")
    ]
    _, words, wrong = (cell.strip() for cell in line.strip("|").split("|"))
    return words, wrong


def _two(value: float) -> str:
    return f"{value:.2f}"


def _percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"
