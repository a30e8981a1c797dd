"""Judging a call by a rubric: preconditions first, then the check; points from what was judged without
doubt.

Critical failures are listed for a person to confirm: points here are what they would be, the voiding is a
person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nlp.types import Findings
from rubrics import reading
from rubrics.checks import CHECKS
from rubrics.conditions import CONDITIONS
from rubrics.types import Criterion, Evaluable, Rubric, Scorecard, Verdict
from rubrics.verdicts import not_applicable
from transcripts.types import Transcript

FEWEST_WORDS = 25  # of agent and debtor together: less is no conversation
SHORTEST_S = 10.0
LOST_PARTLY, LOST_MOSTLY = 0.15, 0.4  # share of the speech that cannot be relied on
GUESSED_CONFIDENCE = 0.7  # no verdict is surer than this where roles were guessed
SPEAKER_BAR = 0.6  # evidence from a turn whose speaker is less sure waits for a person


def score(transcript: Transcript, findings: Findings, rubric: Rubric) -> Scorecard:
    """The scorecard of one call. Verdicts keep the rubric's order."""
    verdicts = {c.id: _settled(judge(c, transcript, findings), transcript, rubric) for c in rubric.criteria}
    judged, why = evaluable(transcript, findings)
    points, low, high = count(rubric, verdicts) if judged != "no" else (None, None, None)
    return Scorecard(
        recording_id=transcript.recording.id,
        rubric=f"{rubric.id}@{rubric.version}+{rubric.digest}",
        verdicts=verdicts,
        points=points,
        points_low=low,
        points_high=high,
        critical_failures=tuple(
            c.id for c in rubric.criteria if c.critical and verdicts[c.id].outcome == "fail"
        ),
        evaluable=judged,
        evaluable_reason=why,
    )


def judge(criterion: Criterion, transcript: Transcript, findings: Findings) -> Verdict:
    """One verdict: `na` with its reason where a precondition fails, else what the check says."""
    if criterion.needs_sure_speakers and not reading.sure_speakers(transcript):
        return not_applicable(
            "No se sabe con seguridad quién dijo cada cosa en esta grabación.", "unsure_speakers"
        )
    for name in criterion.na_when:
        unmet = CONDITIONS[name](transcript, findings)
        if unmet is not None:
            return not_applicable(unmet.reason, name, confidence=unmet.confidence)
    kind = CHECKS[criterion.check]
    return kind.check(transcript, findings, kind.params.model_validate(criterion.params))


def _settled(verdict: Verdict, transcript: Transcript, rubric: Rubric) -> Verdict:
    """The verdict, no surer than who spoke is, and sent to a person where its confidence is low."""
    confidence = round(verdict.confidence, 3)
    if verdict.condition != "unsure_speakers" and not reading.sure_speakers(transcript):
        confidence = min(confidence, GUESSED_CONFIDENCE)
    said_by = [transcript.turns[q.turn].speaker_confidence for q in verdict.evidence]
    unsure_voice = any(sure is not None and sure < SPEAKER_BAR for sure in said_by)
    waits = verdict.needs_review or confidence < rubric.review_below or unsure_voice
    return replace(verdict, confidence=confidence, needs_review=waits)


def count(rubric: Rubric, verdicts: Mapping[str, Verdict]) -> tuple[float | None, float | None, float | None]:
    """Points 0..100 of what was judged without doubt, then the range that waiting verdicts leave open."""
    weights = {c.id: c.weight for c in rubric.criteria}
    sure = {k: v for k, v in verdicts.items() if not v.needs_review and v.outcome != "na"}
    gained = sum(weights[k] for k, v in sure.items() if v.outcome == "pass")
    whole = sum(weights[k] for k in sure)
    open_ = sum(weights[k] for k, v in verdicts.items() if v.needs_review)
    if whole + open_ == 0:
        return None, None, None
    points = round(100 * gained / whole, 1) if whole else None
    low, high = (round(100 * part / (whole + open_), 1) for part in (gained, gained + open_))
    return points, low, high


def evaluable(transcript: Transcript, findings: Findings) -> tuple[Evaluable, str]:
    """Whether the call can be judged, and why not or only in part. A «no» enters no average."""
    if findings.people.voicemail and not findings.people.debtor_reached:
        return "no", "Contestó un buzón de voz."
    words = sum(len(turn.text.split()) for turn in transcript.turns if turn.doubt is None)
    duration = transcript.duration_s
    if not words:
        return "no", "No se oyó ninguna palabra."
    if words < FEWEST_WORDS or (duration is not None and duration < SHORTEST_S):
        return "no", "La llamada es demasiado corta para juzgarla."
    if reading.sure_speakers(transcript) and not any(transcript.said_by("debtor", "other", "unknown")):
        return "no", "Nadie contestó: solo habla el agente."
    lost = _lost_share(transcript)
    if lost > LOST_MOSTLY:
        return "no", f"No se entendió el {lost * 100:.0f} % de lo que se habló."
    reasons = _partly(transcript, lost)
    return ("partly", " ".join(reasons)) if reasons else ("yes", "")


def _lost_share(transcript: Transcript) -> float:
    """Share 0..1 of the speech that is without text or in doubtful turns."""
    words = sum(len(turn.text.split()) for turn in transcript.turns)
    doubtful = sum(len(turn.text.split()) for turn in transcript.turns if turn.doubt is not None)
    trust = transcript.trust
    unheard = trust.unheard_s / trust.speech_s if trust.speech_s else 0.0
    return max(doubtful / words if words else 0.0, min(1.0, unheard))


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
