"""What to say instead stands beside one verdict in several places: it is the same in all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach import as_said
from coach.better_lines import better_line
from coach.pipeline import rubric_of
from coach.settings import Settings
from coach.types import Call, Relabel, Review
from nlp.types import Finding
from tests.coach.review_people import NOW, judged_call
from tests.dialogue import quote

SHOWS = ("no_threats", "handles_objections")


@pytest.fixture
def call(settings: Settings) -> Call:
    call = judged_call(settings, failed=SHOWS)
    heard = (Finding("no_money", quote(call.transcript, "3"), 0.9, "cues"),)
    return replace(call, findings=replace(call.findings, findings=heard))


def lines(call: Call, settings: Settings) -> dict[str, str]:
    form = {one.id: one for one in rubric_of(settings).criteria}
    judged = call.scorecard.verdicts
    return {name: better_line(call, form[name], judged[name], settings) for name in SHOWS}


@pytest.mark.parametrize("removed", ["no_money", None])
def test_it_answers_the_objection_that_the_reviewer_left_wherever_it_is_asked_for(
    settings: Settings, call: Call, removed: str | None
) -> None:
    """A card has the call as the machine left it, the player as people did."""
    review = Review(call.id, "Ana", NOW, (), (Relabel(3, removed, "health_emergency"),))
    reviewed = replace(call, review=review)
    told = lines(reviewed, settings)
    assert told == lines(as_said.relabelled(reviewed), settings)
    assert told["no_threats"] != lines(call, settings)["no_threats"]
