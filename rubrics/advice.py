"""What a fitting answer to an objection could have had as well: coaching, never a fault."""

from __future__ import annotations

from nlp.ladder import Pair
from nlp.types import Findings
from rubrics import reading
from rubrics.ladder import RUNG_NAMES, by_another
from transcripts.types import Transcript

# what is asked of whoever answers in the debtor's place, and the words that do it
ASK_OTHER = "preguntar cuándo encontrar al titular o dejar recado, sin hablar de la deuda"
ASKED_OTHER = ("calls_back", "asks_for_debtor", "names_hour", "follow_up")
NOBODY_TO_FIND = ("death_told", "wrong_number")
MAY_EXPLORE = "indagar con qué cuenta y qué opción le sirve, sin preguntar el motivo"
WHAT_CLAIM = "indagar qué reclama"
# in a dispute what is explored is the claim
EXPLORE_CLAIM = {
    "wrong_amount": "indagar qué cargo no le cuadra",
    "not_my_debt": "indagar qué sabe de esa deuda",
    "already_paid": "indagar cuándo y por dónde pagó",
    "bad_service": "indagar qué falló",
    "legal_threat": WHAT_CLAIM,
}
HEAT = ("hostile", "harassment_complaint", "refusal", "distrust")  # of who disputes, or has named a lawyer
OF_CLAIM = ("asks_which", "takes_up_claim", "files_claim", "halts_collection")
TOLD_GRIEF = ("emergency_now", "death_told")


def next_time(transcript: Transcript, findings: Findings, pair: Pair) -> list[str]:
    """What to do as well next time: nothing that would tell a third party, or press who has lost somebody."""
    told = reading.said(transcript, findings, NOBODY_TO_FIND, by=("debtor", "other"))
    if by_another(transcript, findings, pair.objection.quote.turn):
        asked = reading.said(transcript, findings, ASKED_OTHER, turns=pair.replies)
        return [] if told or asked else [ASK_OTHER]
    here = (pair.objection.quote.turn,)
    grief = reading.said(transcript, findings, TOLD_GRIEF, by=("debtor", "other"), turns=here)
    skipped = {"explore"} if grief or any(f.quote.turn in here for f in told) else set()
    wanted = [rung for rung in pair.missing if rung in ("recognise", "explore") and rung not in skipped]
    claim = _explore_claim(transcript, findings, pair)
    advised = [
        claim if rung == "explore" and claim is not None else _advised(rung, transcript) for rung in wanted
    ]
    return [one for one in advised if one]


def _explore_claim(transcript: Transcript, findings: Findings, pair: Pair) -> str | None:
    """What to explore of a claim, "" where that was done; None where there is none."""
    label, turn = pair.objection.label, pair.objection.quote.turn
    wanted = EXPLORE_CLAIM.get(label)
    if label in HEAT and reading.said(
        transcript, findings, tuple(EXPLORE_CLAIM), by=("debtor", "other"), turns=range(turn + 1)
    ):
        wanted = WHAT_CLAIM
    if wanted is None:
        return None
    later = reading.agent_turns_after(transcript, turn)
    return "" if reading.said(transcript, findings, OF_CLAIM, turns=later) else wanted


def _advised(rung: str, transcript: Transcript) -> str:
    """A rung to take next time; where the reason may not be asked, with what may be asked there."""
    from rubrics.loader import reason_barred  # which imports the checks

    if rung == "explore" and reason_barred(transcript.recording.country):
        return MAY_EXPLORE
    return RUNG_NAMES[rung]
