"""Judging a call by a rubric: preconditions first, then the check; points from what is judged without doubt.

Critical failures are listed for a person to confirm: points here are what they would be, the voiding is a
person's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from nlp.own_cues import find_own
from nlp.types import Findings
from rubrics import reading
from rubrics.checks import CHECKS
from rubrics.colleagues import colleague_turns
from rubrics.conditions import CONDITIONS
from rubrics.silent import NO_WORD, silence
from rubrics.types import Criterion, Evaluable, Pack, Rubric, Rule, Scorecard, Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, not_applicable
from transcripts.types import Transcript

FEWEST_WORDS = 25  # of agent and debtor together: less is no conversation
SHORTEST_S = 10.0
BY_ITSELF = ("unsure_speakers", "no_words", "no_agent")  # why nothing is judged, whoever speaks
LOST_PARTLY, LOST_MOSTLY = 0.15, 0.4  # share of the speech that cannot be relied on
ANOTHER_VOICE = "Habló también otra voz, que no es del agente: decida una persona."
NOBODYS = "No se sabe de quién son esas palabras: decida una persona."
GUESSED_CONFIDENCE = 0.7  # no verdict is surer than this where roles were guessed
REWARDS, REPROACHES = "insists", "responds"  # kinds of check to which one request may be right and wrong


def score(transcript: Transcript, findings: Findings, rubric: Rubric, pack: Pack | None = None) -> Scorecard:
    """The scorecard of one call by the form, and beside it by the country's rules, each in its order."""
    verdicts = _verdicts(transcript, findings, rubric, rubric.criteria, rubric.review_below)
    of_pack = _verdicts(transcript, findings, pack, pack.rules, rubric.review_below) if pack else {}
    if pack:
        verdicts |= _put_off(findings, verdicts, pack.rules, of_pack)
        verdicts |= _opposed(rubric, verdicts, pack.rules, of_pack)
    judged, why = evaluable(transcript, findings)
    rules = pack.rules if pack else ()
    by_law = taken(rules)
    points, low, high = count(rubric, verdicts, rules, of_pack) if judged != "no" else (None, None, None)
    own = [c.id for c in rubric.criteria if c.critical and c.id not in by_law]
    critical = [name for name in own if verdicts[name].outcome == "fail"]
    critical += [r.id for r in rules if r.voids and of_pack[r.id].outcome == "fail"]
    return Scorecard(
        recording_id=transcript.recording.id,
        rubric=rubric.name,
        verdicts=verdicts,
        points=points,
        points_low=low,
        points_high=high,
        critical_failures=tuple(critical),
        evaluable=judged,
        evaluable_reason=why,
        pack=pack.name if pack else "",
        pack_verdicts=of_pack,
        replaced=tuple(by_law),
        weights=weights_of(rubric.criteria, rules),
    )


def _verdicts(
    transcript: Transcript,
    findings: Findings,
    form: Rubric | Pack,
    criteria: Sequence[Criterion],
    review_below: float,
) -> dict[str, Verdict]:
    """What each criterion comes to; the file's own cues are looked for first."""
    own = find_own(transcript, form.cues, form.id, form.digest)
    if own:
        found = sorted([*findings.findings, *own], key=lambda f: (f.quote, f.label))
        findings = replace(findings, findings=tuple(found))
    ours = colleague_turns(transcript, findings)
    return {
        c.id: _settled(judge(c, transcript, findings, form.cues), transcript, review_below, ours)
        for c in criteria
    }


def judge(
    criterion: Criterion, transcript: Transcript, findings: Findings, cues: Collection[str] = ()
) -> Verdict:
    """One verdict: `na` with its reason where a precondition fails, else what the check says.

    `cues`: names that the criterion's file declares for itself. Where nobody said a word, or the agent did
    not, nothing can be missing from it, nor be in order.
    """
    if (silent := silence(transcript)) is not None:
        return not_applicable(*silent)
    if criterion.needs_sure_speakers and not reading.sure_speakers(transcript):
        return not_applicable(
            "No se sabe con seguridad quién dijo cada cosa en esta grabación.", "unsure_speakers"
        )
    for name in criterion.na_when:
        unmet = CONDITIONS[name](transcript, findings)
        if unmet is not None:
            return not_applicable(unmet.reason, name, confidence=unmet.confidence)
    kind = CHECKS[criterion.check]
    return kind.check(transcript, findings, criterion.settings(kind.params, cues))


def _put_off(
    findings: Findings, verdicts: Mapping[str, Verdict], rules: Sequence[Rule], of_pack: Mapping[str, Verdict]
) -> dict[str, Verdict]:
    """Criteria that failed for want of what a rule of the country, kept here, puts off until the debtor is
    known, in calls that ended before the debt came up: the agent had no turn in which to make it good.
    """
    if findings.people.debt_turn is not None:
        return {}
    return {
        rule.replaces: not_applicable(
            f"«{rule.label}» deja una parte para después, y la llamada terminó sin llegar al adeudo.",
            "put_off",
        )
        for rule in rules
        if rule.params.get("too_early")
        and rule.replaces in verdicts
        and verdicts[rule.replaces].outcome == "fail"
        and of_pack[rule.id].outcome == "pass"
    }


def _opposed(
    rubric: Rubric, verdicts: Mapping[str, Verdict], rules: Sequence[Rule], of_pack: Mapping[str, Verdict]
) -> dict[str, Verdict]:
    """Criteria that reward a request which a rule of the country reproaches: nobody can do both, so a person
    looks before it counts.
    """
    waiting = {}
    for criterion in rubric.criteria:
        verdict = verdicts[criterion.id]
        if criterion.check != REWARDS or verdict.outcome != "pass" or not verdict.evidence:
            continue
        for rule in rules:
            other = of_pack[rule.id]
            sure = rule.check == REPROACHES and other.outcome == "fail" and not other.needs_review
            if sure and set(verdict.evidence) <= set(other.evidence):
                reason = f"{verdict.reason} La regla «{rule.label}» reprocha esas mismas palabras."
                confidence = min(verdict.confidence, DOUBTFUL_CONFIDENCE)
                waiting[criterion.id] = replace(
                    verdict, reason=reason, confidence=confidence, needs_review=True
                )
    return waiting


def _settled(verdict: Verdict, transcript: Transcript, review_below: float, ours: Collection[int]) -> Verdict:
    """The verdict, no surer than who spoke is, and sent to a person where its confidence is low."""
    if why := _anothers(verdict, transcript, ours):
        verdict = replace(verdict, doubt=f"{verdict.doubt} {why}".strip(), needs_review=True)
    confidence = round(verdict.confidence, 3)
    if verdict.condition not in BY_ITSELF and not reading.sure_speakers(transcript):
        confidence = min(confidence, GUESSED_CONFIDENCE)
    unsure_voice = any(reading.unsure_speaker(transcript, quote.turn) for quote in verdict.evidence)
    waits = verdict.needs_review or confidence < review_below or unsure_voice
    return replace(verdict, confidence=confidence, needs_review=waits)


def _anothers(verdict: Verdict, transcript: Transcript, ours: Collection[int]) -> str:
    """Why the verdict hangs on turns of a voice that is neither side's, or of `ours`, who took the call over:
    what was not found may be theirs to say (where not both sides are told, it was sought in all words), and
    what was found is theirs; "" where it does not. Where who spoke was guessed, the whole call is as unsure.
    """
    if verdict.outcome == "na" or (not ours and reading.sure_speakers(transcript)):
        return ""
    sides = [turn for turn in transcript.turns if turn.speaker in ("agent", "debtor")]
    told = {turn.speaker for turn in sides} == {"agent", "debtor"}
    nobodys = {i for i, turn in enumerate(transcript.turns) if turn.speaker == "unknown" or i in ours}
    if not nobodys or any((turn.speaker_confidence or 0.0) >= reading.SPEAKER_BAR for turn in sides):
        return ""
    theirs = [quote.turn in nobodys for quote in verdict.evidence]
    # where the sides are not told, what was said well counts all the same: of the two, an agent says it
    found = any(theirs) if verdict.outcome == "fail" else told and bool(theirs) and all(theirs)
    if found or (told and not theirs and verdict.outcome == "fail"):
        return ANOTHER_VOICE if told else NOBODYS
    return ""


def count(
    rubric: Rubric,
    verdicts: Mapping[str, Verdict],
    rules: Sequence[Rule] = (),
    of_pack: Mapping[str, Verdict] | None = None,
) -> tuple[float | None, float | None, float | None]:
    """Points 0..100 of what was judged without doubt, then the range that waiting verdicts leave open.

    A rule that replaces a base criterion, and is certain, is counted in its place.
    """
    return tally(weights_of(rubric.criteria, rules), {**verdicts, **(of_pack or {})})


def weights_of(criteria: Sequence[Criterion], rules: Sequence[Rule] = ()) -> dict[str, float]:
    """What each verdict weighs in points, by the id of its criterion or of the rule that takes its place.

    A rule takes the weight with the place. What voids a call weighs nothing: a failure that nobody confirmed
    costs no points.
    """
    by_law = taken(rules)
    placed = ((c, by_law.get(c.id, c)) for c in criteria)
    return {one.id: 0.0 if one.critical else c.weight for c, one in placed}


def taken(rules: Sequence[Rule]) -> dict[str, Rule]:
    """By criterion of the form the rule that stands in its place: advice takes nobody's."""
    return {rule.replaces: rule for rule in rules if rule.replaces and not rule.advice}


def tally(
    weights: Mapping[str, float], verdicts: Mapping[str, Verdict], counts: Collection[str] | None = None
) -> tuple[float | None, float | None, float | None]:
    """Points and their range as `count` gives them, of the verdicts named in `counts` (None: of all).

    What weighs but was not judged adds nothing: a card shown without verdicts has no points.
    """
    counted = [
        (weight, verdicts[name])
        for name, weight in weights.items()
        if name in verdicts and (counts is None or name in counts)
    ]
    sure = [(weight, v) for weight, v in counted if _is_sure(v)]
    gained = sum(weight for weight, v in sure if v.outcome == "pass")
    whole = sum(weight for weight, _ in sure)
    open_ = sum(weight for weight, v in counted if v.needs_review)
    if whole + open_ == 0:
        return None, None, None
    points = round(100 * gained / whole, 1) if whole else None
    low, high = (round(100 * part / (whole + open_), 1) for part in (gained, gained + open_))
    return points, low, high


def worth(
    weights: Mapping[str, float], verdicts: Mapping[str, Verdict], counts: Collection[str] | None = None
) -> dict[str, float]:
    """What each verdict is worth of the call's 100 points, its weight among those judged without doubt: a
    pass brings it, a fail costs it. What is not applicable, waits or does not count is not in it.
    """
    sure = {
        name: weight
        for name, weight in weights.items()
        if (counts is None or name in counts) and name in verdicts and _is_sure(verdicts[name])
    }
    whole = sum(sure.values())
    return {name: 100 * weight / whole for name, weight in sure.items()} if whole else {}


def _is_sure(verdict: Verdict) -> bool:
    return not verdict.needs_review and verdict.outcome != "na"


def evaluable(transcript: Transcript, findings: Findings) -> tuple[Evaluable, str]:
    """Whether the call can be judged, and why not or only in part. A «no» enters no average."""
    if findings.people.voicemail and not findings.people.debtor_reached:
        return "no", "Contestó un buzón de voz."
    words, doubtful = _words(transcript)
    duration = transcript.duration_s
    if not words:
        return "no", NO_WORD
    if words < FEWEST_WORDS or (duration is not None and duration < SHORTEST_S):
        return "no", "La llamada es demasiado corta para juzgarla."
    if reading.sure_speakers(transcript) and not any(transcript.said_by("debtor", "other", "unknown")):
        return "no", "Nadie contestó: solo habla el agente."
    if (silent := silence(transcript)) is not None:
        return "no", silent[0]
    lost = _lost_share(transcript, words, doubtful)
    if lost > LOST_MOSTLY:
        return "no", f"No se entendió el {lost * 100:.0f} % de lo que se habló."
    reasons = _partly(transcript, lost)
    return ("partly", " ".join(reasons)) if reasons else ("yes", "")


def _words(transcript: Transcript) -> tuple[int, int]:
    """How many words the turns have that can be relied on, and how many the doubtful ones."""
    sure = doubtful = 0
    for turn in transcript.turns:
        if turn.doubt is None:
            sure += len(turn.text.split())
        else:
            doubtful += len(turn.text.split())
    return sure, doubtful


def _lost_share(transcript: Transcript, words: int, doubtful: int) -> float:
    """Share 0..1 of the speech that is without text or in doubtful turns."""
    trust = transcript.trust
    unheard = trust.unheard_s / trust.speech_s if trust.speech_s else 0.0
    return max(doubtful / (words + doubtful) if doubtful else 0.0, min(1.0, unheard))


def _partly(transcript: Transcript, lost: float) -> list[str]:
    trust = transcript.trust
    reasons = (
        (trust.damaged, "El archivo de audio está dañado."),
        (bool(trust.starts_late), "La grabación empieza con la llamada ya iniciada."),
        (bool(trust.ends_cut), "La grabación se corta antes del final."),
        (not reading.sure_speakers(transcript), "No se sabe con seguridad quién dijo cada cosa."),
        (lost > LOST_PARTLY, f"No se entendió el {lost * 100:.0f} % de lo que se habló."),
    )
    return [text for holds, text in reasons if holds]
