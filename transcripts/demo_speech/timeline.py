"""When each thing of a sample call is heard: spoken turns, hold music, silences, tones, a neighbour."""

import math
import random
from dataclasses import dataclass, replace
from typing import Any, Literal

from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.samples import Script, pieces
from transcripts.demo_speech.synth import Spoken, Voice, speak
from transcripts.demo_speech.voices import DEMO_VOICES, demo_voice

Kind = Literal["turn", "hold_music", "silence", "neighbour", "tone"]
_LEAD_S, _TAIL_S, _USUAL_GAP_S = 0.5, 0.6, 0.5
_BREATHS_S = (0.18, 0.42)
_EVENT_GAP_S = 0.3
_CUT_S = 0.6
# Calls last a multiple of this, so that the Fourier transforms of whole calls have small factors.
_STEP_S = 0.4


@dataclass(frozen=True, slots=True)
class Item:
    """One turn or event. `spoken` holds its sentences as (start_s, sound); `speaker` is "" for events."""

    kind: Kind
    speaker: str
    text: str
    start_s: float
    end_s: float
    spoken: tuple[tuple[float, Spoken], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """All items in the script's order, and the call's length in seconds."""

    items: tuple[Item, ...]
    length_s: float


def lay_out(script: Script) -> Timeline:
    """Speak every text of `script` and place it; negative `gap_s` begins before the turn before has ended."""
    r = random.Random(script.id)
    voices = cast_voices(script, r)
    items: list[Item] = []
    at = _LEAD_S
    for entry in script.turns:
        if "event" in entry:
            item = _event(entry, at, voices["neighbour"], r)
            at = item.start_s if item.kind == "neighbour" else item.end_s
        else:
            start_s = at + (float(entry.get("gap_s", _USUAL_GAP_S)) if items else 0.0)
            speaker = str(entry["speaker"])
            item = _said("turn", speaker, str(entry["text"]), max(start_s, 0.0), voices[speaker], r)
            at = item.end_s
        items.append(item)
    if script.settings.get("starts_late"):
        items = _without_beginning(items)
    length_s = max(item.end_s for item in items) + _TAIL_S
    return Timeline(tuple(items), math.ceil(length_s / _STEP_S) * _STEP_S)


def cast_voices(script: Script, r: random.Random) -> dict[str, Voice]:
    """Who speaks with which voice and how fast; a relative gets a voice of the other sex than the debtor's.

    On an answering machine the greeting is the debtor's own.
    """
    agent, debtor = (str(script.settings.get(f"{who}_voice", "")) for who in ("agent", "debtor"))
    for who, name in (("agent_voice", agent), ("debtor_voice", debtor)):
        if name not in DEMO_VOICES:
            raise DemoSpeechError(f"{script.id}: {who}: no hay voz {name!r}; hay {', '.join(DEMO_VOICES)}")
    free = [name for name in DEMO_VOICES if name not in (agent, debtor)]
    across = [name for name in free if DEMO_VOICES[name].female != DEMO_VOICES[debtor].female]
    other = debtor if script.settings.get("call_type") == "buzon" else r.choice(across)
    neighbour = r.choice([name for name in free if name != other])
    cast = {"agent": agent, "debtor": debtor, "other": other, "neighbour": neighbour}
    return {who: demo_voice(name, r.randint(*DEMO_VOICES[name].rates)) for who, name in cast.items()}


def _event(entry: dict[str, Any], at: float, neighbour: Voice, r: random.Random) -> Item:
    kind = entry["event"]
    if kind == "neighbour":
        return _said(kind, "", str(entry["text"]), at + _EVENT_GAP_S, neighbour, r)
    if kind not in ("hold_music", "silence", "tone"):
        raise DemoSpeechError(f"evento desconocido {kind!r}: hay hold_music, silence, neighbour, tone")
    start_s = at + _EVENT_GAP_S
    return Item(kind, "", "", start_s, start_s + float(entry.get("seconds", 2.0)))


def _said(kind: Kind, speaker: str, text: str, start_s: float, voice: Voice, r: random.Random) -> Item:
    """`text` spoken breath by breath from `start_s` on."""
    spoken: list[tuple[float, Spoken]] = []
    at = start_s
    for piece in pieces(text):
        sound = speak(piece, voice)
        spoken.append((at, sound))
        at += sound.end_s + r.uniform(*_BREATHS_S)
    last_start, last = spoken[-1]
    return Item(kind, speaker, text, start_s, last_start + last.end_s, tuple(spoken))


def _without_beginning(items: list[Item]) -> list[Item]:
    """The call as if recorded from a little after its first word: what is lost is not in the text either."""
    cut_s = items[0].start_s + _CUT_S
    return [_earlier(item, cut_s) for item in items]


def _earlier(item: Item, by_s: float) -> Item:
    spoken = tuple((start_s - by_s, sound) for start_s, sound in item.spoken)
    words = [word for start_s, sound in spoken for word in sound.words if start_s + word.start_s >= 0]
    return replace(
        item,
        start_s=max(item.start_s - by_s, 0.0),
        end_s=item.end_s - by_s,
        spoken=spoken,
        text=" ".join(word.text for word in words) if item.start_s < by_s else item.text,
    )
