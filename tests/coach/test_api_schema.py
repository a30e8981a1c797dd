"""The programs' door beside its own OpenAPI document; `python -m benchmarks.fuzz_api` is the long run."""

from __future__ import annotations

import pytest
from schemathesis import GenerationMode

from benchmarks.fuzz_api import MODES, PATHS, ask
from coach.settings import Settings
from coach.store import Store
from tests.coach import test_api
from tests.coach.test_doors import browser

two_teams = test_api.two_teams
FEW = 4  # requests of each path


@pytest.mark.parametrize("mode", MODES, ids=["right", "wrong"])
def test_every_answer_is_one_that_the_document_announces(
    store: Store, settings: Settings, two_teams: dict[str, int], mode: GenerationMode
) -> None:
    app = browser(store, settings).app
    shown = test_api.given(store, per_minute=600)
    for path in PATHS:
        assert ask(app, shown, path, mode, FEW, 1) >= FEW
