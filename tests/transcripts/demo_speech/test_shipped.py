import hashlib
from pathlib import Path

from tests.transcripts.demo_speech.helpers import needs_espeak
from transcripts.demo_speech.evaluate import score_call, score_sentences, total, unseen_sentences
from transcripts.options import SpeechOptions, is_demo

ROOT = Path(__file__).parents[3]
MODEL = ROOT / "models" / "whisper-demo-es"
AUDIO = ROOT / "examples" / "audio"
SCRIPTS = ROOT / "examples" / "scripts"


def test_the_model_is_the_one_that_was_measured() -> None:
    for line in (MODEL / "sha256").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == digest, name


def test_the_model_says_that_it_is_for_the_demo_only() -> None:
    assert is_demo(MODEL)
    assert "espeak-ng" in (MODEL / "CARD.md").read_text(encoding="utf-8")


def test_the_model_fits_into_the_repository() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < 15_000_000


def test_every_script_has_its_recording_and_truth() -> None:
    scripts = {path.stem for path in SCRIPTS.glob("*.yaml")}
    assert {path.stem for path in AUDIO.glob("*.ogg")} == scripts
    assert {path.name.removesuffix(".truth.json") for path in AUDIO.glob("*.truth.json")} == scripts
    assert sum(path.stat().st_size for path in AUDIO.iterdir()) < 10_000_000


def test_the_model_hears_a_message_on_an_answering_machine() -> None:
    options = SpeechOptions(model=str(MODEL), device="cpu", compute_type="int8")
    score = total("cl-02", score_call(AUDIO / "cl-02-buzon-de-voz.ogg", options).values())
    assert score.words > 50
    assert score.rate < 0.15


@needs_espeak
def test_the_model_hears_sentences_that_it_never_met() -> None:
    options = SpeechOptions(model=str(MODEL), device="cpu", compute_type="int8")
    score = score_sentences("frases nunca oídas", unseen_sentences()[:4], options)
    assert score.words > 30
    assert score.rate < 0.25
