"""What bars a wording of the guide is named in the language of the screen, cues too."""

from __future__ import annotations

import pytest

from coach.guide import BARRED
from rubrics.replies import FAULTS
from views import _labels


@pytest.mark.parametrize("fault", [*FAULTS, *BARRED])
def test_every_fault_has_a_name_of_its_own(fault: str) -> None:
    assert _labels.finding(fault) != fault.replace("_", " ") or fault == "tuteo"
