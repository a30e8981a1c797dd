"""The voices of the sample calls, and the wider circle that the demo model also hears in training."""

import random
from dataclasses import dataclass

from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.synth import Voice

ACCENTS = ("es", "es-419")


@dataclass(frozen=True, slots=True)
class DemoVoice:
    """A named voice: espeak variant, usual pitch 0..100, slowest and fastest pace in words per minute."""

    variant: str
    pitch: int
    rates: tuple[int, int] = (150, 185)
    female: bool = False


DEMO_VOICES: dict[str, DemoVoice] = {
    "mujer-1": DemoVoice("es-419+f2", 55, female=True),
    "mujer-2": DemoVoice("es-419+f4", 54, female=True),
    "mujer-3": DemoVoice("es-419+f5", 56, female=True),
    "mujer-4": DemoVoice("es-419+f1", 48, female=True),
    "mujer-5": DemoVoice("es+f2", 50, female=True),
    "mujer-6": DemoVoice("es-419+f3", 46, (145, 178), female=True),
    "mujer-7": DemoVoice("es-419+Andrea", 52, female=True),
    "hombre-1": DemoVoice("es-419+m3", 42),
    "hombre-2": DemoVoice("es-419+m7", 40),
    "hombre-3": DemoVoice("es-419+m1", 45),
    "hombre-4": DemoVoice("es-419+m8", 42),
    "hombre-5": DemoVoice("es+m3", 36, (145, 178)),
    "hombre-6": DemoVoice("es+m7", 44),
    "hombre-7": DemoVoice("es+m1", 38),
}
_OTHERS = (
    "",
    "+m2",
    "+m4",
    "+m5",
    "+m6",
    "+Mario",
    "+marcelo",
    "+max",
    "+steph",
    "+klatt2",
    "+Annie",
    "+Denis",
    "+Diogo",
    "+edward",
)
_DEMO_SHARE = 0.75


def demo_voice(name: str, rate: int | None = None) -> Voice:
    """The named voice at `rate` words per minute (default: the middle of its range)."""
    if name not in DEMO_VOICES:
        raise DemoSpeechError(f"voz desconocida {name!r}: hay {', '.join(DEMO_VOICES)}")
    chosen = DEMO_VOICES[name]
    low, high = chosen.rates
    return Voice(chosen.variant, rate or (low + high) // 2, chosen.pitch)


def draw_voice(r: random.Random) -> Voice:
    """A voice for training: mostly those of the samples around their pace and pitch, else any other."""
    if r.random() < _DEMO_SHARE:
        chosen = r.choice(list(DEMO_VOICES.values()))
        low, high = chosen.rates
        rate, pitch = r.randint(low - 10, high + 12), chosen.pitch + r.randint(-10, 12)
        return Voice(chosen.variant, rate, pitch, r.randint(35, 65))
    variant = r.choice(ACCENTS) + r.choice(_OTHERS)
    return Voice(variant, r.randint(138, 198), r.randint(28, 75), r.randint(30, 70))
