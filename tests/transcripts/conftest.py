"""The demo speech model and the sample calls, each transcribed at most once per run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers_audio import SAMPLES
from tests.transcripts.fake_engine import FakeEngine
from transcripts.engines import ENGINES
from transcripts.options import BUNDLED_MODELS, SpeechOptions
from transcripts.transcribe import transcribe
from transcripts.types import Recording, Transcript

Hear = Callable[..., Transcript]

WORD_ERRORS: dict[str, float] = {}  # by sample call, printed at the end of the run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if WORD_ERRORS:
        terminalreporter.section("word errors of the sample calls (their text was in the training grammar)")
        for name, share in sorted(WORD_ERRORS.items()):
            terminalreporter.write_line(f"{name:34} {100 * share:5.1f} %")


@pytest.fixture(scope="session")
def speech() -> SpeechOptions:
    """Options with the demo model, on the CPU."""
    return SpeechOptions(model=str(BUNDLED_MODELS / "whisper-demo-es"), device="cpu")


@pytest.fixture(scope="session")
def sample_transcript(speech: SpeechOptions) -> Callable[[str], Transcript]:
    """The transcript of a sample call by its id."""
    known: dict[str, Transcript] = {}

    def transcript(name: str) -> Transcript:
        if name not in known:
            known[name] = transcribe(Recording(name, audio=SAMPLES / f"{name}.ogg"), speech)
        return known[name]

    return transcript


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Hear:
    """Transcribe a file with a fake engine: `hear(path, FakeEngine(...), agent_channel=1, partial=...)`."""

    def run(
        path: Path,
        engine: FakeEngine | None = None,
        *,
        recording: Recording | None = None,
        **given: object,
    ) -> Transcript:
        fake = engine or FakeEngine()
        passed = {key: given.pop(key) for key in ("progress", "cancelled", "partial") if key in given}

        def load(options: SpeechOptions) -> FakeEngine:
            fake.asked = options
            return fake

        monkeypatch.setitem(ENGINES, "fake", load)
        options = SpeechOptions(engine="fake", **given)  # type: ignore[arg-type]
        call = replace(recording or Recording("prueba"), audio=path)
        return transcribe(call, options, **passed)  # type: ignore[arg-type]

    return run
