"""What tests need that hear the voices of espeak-ng."""

import pytest

from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.synth import Voice, speak


def _speaks() -> bool:
    try:
        speak("Sí.", Voice("es-419+f2", 165, 50))
    except DemoSpeechError:
        return False
    return True


needs_espeak = pytest.mark.skipif(not _speaks(), reason="falta libespeak-ng: apt-get install espeak-ng")
