"""What a verdict advises for the next call keeps within the country's law."""

from __future__ import annotations

import pytest

from rubrics.advice import _advised
from transcripts.types import Recording, Transcript


@pytest.mark.parametrize(
    ("country", "told"), [("CO", "sin preguntar el motivo"), ("MX", "indagar"), (None, "indagar")]
)
def test_exploring_is_advised_as_it_is_allowed(country: str | None, told: str) -> None:
    advised = _advised("explore", Transcript(Recording("r", country=country), ()))
    assert told in advised
    assert ("motivo" in advised) is (country == "CO")
