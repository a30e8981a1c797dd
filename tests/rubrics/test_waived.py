"""A wording that waives something is suggested only where the case authorises as much."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.own_playbook import OwnPlaybook, over
from rubrics.playbook import FIELDS, Wording, load_playbook
from rubrics.replies import suggest
from rubrics.waived import OFFER, allowed, promises
from transcripts.types import CaseFacts, Recording, Transcript, Turn

FORGIVES = "Le perdono la mora si paga hoy sin falta."
TAKES_A_THIRD = "Le hago una quita del 30 % si paga hoy."


@pytest.mark.parametrize(
    ("say", "offers", "may"),
    [
        (FORGIVES, (), False),
        (FORGIVES, ("3 cuotas",), False),
        (FORGIVES, ("condonación de mora",), True),
        (TAKES_A_THIRD, ("quita 20 %",), False),
        (TAKES_A_THIRD, ("quita 30 % al contado",), True),
        ("Le ofrezco {oferta} si paga el {fecha}.", ("3 cuotas",), True),
        ("¿Con cuánto comienza el {fecha}?", (), True),
    ],
)
def test_what_a_case_allows(say: str, offers: tuple[str, ...], may: bool) -> None:
    assert allowed(Wording(say=say), offers) == may


def test_temple_s_own_wordings_waive_nothing() -> None:
    said = [w for play in load_playbook().plays for step in FIELDS for w in play.wordings(step)]
    late = [w for w in said if w.stage != "preventiva"]
    assert [w.say for w in late if promises(w.say.replace(OFFER, ""))] == []


@pytest.mark.parametrize(("offers", "told"), [(("3 cuotas",), False), (("condonación de mora",), True)])
def test_an_own_wording_is_suggested_where_the_case_allows_it(offers: tuple[str, ...], told: bool) -> None:
    own = OwnPlaybook.model_validate(
        {
            "version": 1,
            "based_on": "temple",
            "plays": [{"objection": "no_money", "replies": [{"say": FORGIVES}]}],
        }
    )
    recording = Recording("r", country="MX", facts=CaseFacts(authorized_offers=offers))
    call = Transcript(
        recording, (Turn("agent", "¿Qué día paga?"), Turn("debtor", "No tengo dinero, no me alcanza."))
    )
    (said,) = suggest(analyze(call), call, over(load_playbook(), own))
    found = {reply.text: reply.why for reply in said.replies}
    assert (FORGIVES in found) == told
    if told:
        assert found[FORGIVES] == ("el caso autoriza lo que promete",)
