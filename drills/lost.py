"""Why the goal of an exercise was not reached, in one sentence (`lost.yaml`): points alone do not tell."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from drills.credit import ACTS, reached, turns_on
from drills.drill import Play
from drills.marks import rules
from drills.message import WORD
from drills.rounds import MOST, ROUNDS, met
from nlp.cues import read_yaml
from nlp.labels import Text, labels
from nlp.types import Findings
from rubrics.case_words import day_in_words, sum_in_words
from transcripts.listed import listed


def why_lost(play: Play, findings: Findings) -> Text | None:
    """For a play whose goal was not reached; None where there is no more to say than that."""
    if play.drill.format == ROUNDS:
        n = sum(met(play, findings, turn) for turn in play.mine)
        if n >= MOST:
            return _said("rounds_beside")
        return _said("rounds", n=n, of=len(play.mine), most=MOST)
    debtor, case = play.debtor, play.drill.scenario
    if debtor is None or case is None:
        return None
    if debtor.sour:
        return _said("offended")
    if case.success.kind == "third_party_message":
        return _said("hung_up" if WORD in debtor.rungs else "no_word")
    if debtor.open and debtor.raised:
        return _unmet(play, findings, debtor.open[0])
    promise = debtor.promise
    if case.success.kind == "callback":
        return _said("no_call")
    if promise is None:
        return _said("hung_up" if debtor.ended == "hang_up" else "no_promise")
    if promise.whole < case.least:
        sums = [sum_in_words(one, case.currency, case.country) for one in (promise.whole, case.least)]
        return _said("too_little", amount=sums[0], least=sums[1])
    if debtor.ended == "hang_up":
        return _said("hung_up")
    latest = play.drill.on + datetime.timedelta(days=case.success.within_days or 0)
    return _said("too_late", date=day_in_words(promise.day), latest=day_in_words(latest))


def _unmet(play: Play, findings: Findings, objection: str) -> Text:
    """The objection that was on the table, with the steps that its points miss."""
    name = labels()[objection].label
    es, en = name.es.lower(), name.en.lower()
    if not turns_on(play, objection):  # it came last: the points are those of the ones before it
        kind = _file()["unheard"]
        return Text(es=kind.es.format(objection=es), en=kind.en.format(objection=en))
    got = {step: reached(step, play, findings, objection).points for step in ACTS}
    lacks = [rules()[step].label for step, points in got.items() if not points]
    half = [rules()[step].label for step, points in got.items() if points == 1]
    kind = _file()["unmet" if lacks else "unmet_half" if half else "unmet_still"]
    steps = listed([one.es.lower() for one in lacks or half])
    steps_en = listed([one.en.lower() for one in lacks or half], "and")
    return Text(es=kind.es.format(objection=es, steps=steps), en=kind.en.format(objection=en, steps=steps_en))


def _said(kind: str, **values: object) -> Text:
    one = _file()[kind]
    return Text(es=one.es.format(**values), en=one.en.format(**values))


@cache
def _file() -> dict[str, Text]:
    stanzas = read_yaml(Path(__file__).with_name("lost.yaml"))
    return {name: Text.model_validate(one) for name, one in stanzas.items()}
