"""Speech engines by name: what loads each of them. An engine's heavy imports happen in `load`, not here."""

from collections.abc import Callable

from transcripts.engines import whisper
from transcripts.engines.types import SpeechEngine
from transcripts.options import DEFAULT_ENGINE, SpeechOptions

ENGINES: dict[str, Callable[[SpeechOptions], SpeechEngine]] = {
    DEFAULT_ENGINE: whisper.load,
}
