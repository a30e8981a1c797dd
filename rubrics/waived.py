"""Whether a wording promises a waiver, and whether a case has one authorised that goes as far.

Whoever reads a suggested sentence says it: what it lets go of must be among the case's own offers, as for the
check of unauthorised offers. The offer itself, where a wording has its slot, is authorised by its nature.
"""

from __future__ import annotations

from functools import lru_cache

from nlp.figures import agent_figures, authorized
from nlp.tagger import hear
from rubrics.playbook import Wording
from transcripts.types import Recording, Transcript, Turn

OFFER = "{oferta}"
UNDUE = "preventiva"  # the stage of a debt that is not late: there are no charges to waive
WAIVES = ("offer_waiver", "vouches_waiver", "promises_waiver")


@lru_cache(maxsize=20_000)
def promises(text: str) -> bool:
    """Whether an agent who says this lets charges or a part of the debt go."""
    return not hear(text, "agent").found.keys().isdisjoint(WAIVES)


def allowed(wording: Wording, offers: tuple[str, ...], country: str = "") -> bool:
    """Whether a wording waives nothing of its own, or no more than the `offers` of a case."""
    said = wording.say.replace(OFFER, "")
    if wording.stage == UNDUE or not promises(said):
        return True
    most = authorized(offers)
    call = Transcript(Recording("wording", country=country or None), (Turn("agent", said),))
    shares = {"share_off": most.share_off, "extras_off": most.extras_off}
    return most.waives and all(f.value <= shares[f.kind] for f in agent_figures(call) if f.kind in shares)
