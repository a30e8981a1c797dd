"""What debtors say: lines by objection and mood, and those that any may say; a seed picks one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from drills.scenario import MOODS, Mood, ObjectionId

SLOTS = frozenset({"amount", "date"})
SLOTTED = frozenset({"small_offers", "accepts", "corrects"})  # the kinds of line that name a sum and a day
# which moods a line is borrowed from where its own are used up
NEAR: dict[Mood, tuple[Mood, ...]] = {
    "calm": ("worried", "evasive", "sad", "annoyed", "hostile"),
    "worried": ("sad", "calm", "evasive", "annoyed", "hostile"),
    "evasive": ("calm", "annoyed", "worried", "sad", "hostile"),
    "annoyed": ("hostile", "evasive", "calm", "worried", "sad"),
    "hostile": ("annoyed", "evasive", "calm", "worried", "sad"),
    "sad": ("worried", "calm", "evasive", "annoyed", "hostile"),
}


class Line(BaseModel):
    """One thing to say; `countries` it may be said in, all where empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    countries: tuple[str, ...] = ()


def _line(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _by_mood(value: object) -> object:
    """A plain list serves every mood."""
    return dict.fromkeys(MOODS, value) if isinstance(value, list) else value


Lines = Annotated[tuple[Annotated[Line, BeforeValidator(_line)], ...], Field(min_length=1)]
ByMood = Annotated[dict[Mood, Lines], BeforeValidator(_by_mood)]


class ObjectionLines(BaseModel):
    """One objection in every mood; `softer` gives way a little, `again` says the same more firmly."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    objection: ObjectionId
    calm: Lines
    worried: Lines
    evasive: Lines
    annoyed: Lines
    hostile: Lines
    sad: Lines
    softer: ByMood
    again: ByMood

    def first(self) -> dict[Mood, tuple[Line, ...]]:
        """The objection as it is first said."""
        return {mood: getattr(self, mood) for mood in MOODS}


class Common(BaseModel):
    """What any debtor may say. Written by mood or by kind: {calm: {hedges: […]}} or {hedges: {calm: […]}}."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hedges: ByMood
    small_offers: ByMood
    accepts: ByMood
    refuses: ByMood
    hangs_up: ByMood
    reacts_threat: ByMood
    reacts_tuteo: ByMood
    asks_back: ByMood
    reveals_lead_in: ByMood
    third_party: ByMood
    thanks: ByMood  # for having been treated well

    @model_validator(mode="before")
    @classmethod
    def _turned(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not set(data) <= set(MOODS):
            return data
        kinds = {kind for lines in data.values() for kind in lines}
        return {kind: {mood: lines[kind] for mood, lines in data.items() if kind in lines} for kind in kinds}


class Reactions(BaseModel):
    """Small answers that the course of a call needs, in any mood."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    identifies: ByMood  # «sí, soy yo»
    gives_name: ByMood  # to «¿con quién hablo?»; the name stands after it
    confirms_datum: ByMood  # to who asks for digits or a birthday, without telling them
    confirms_said: ByMood  # to who reads such a datum out
    told_who: ByMood  # asked again for what it has answered
    is_self: ByMood  # asked once more whether it is they
    reacts_rude: ByMood
    reacts_pocket: ByMood  # the payment is asked for into the trainee's own pocket
    asks_meaning: ByMood  # something was hinted at: what is meant by it?
    confirms: ByMood  # yes to the agreement as it was read back
    corrects: ByMood  # the agreement was read back wrongly
    nods: ByMood  # after the agreement, to anything else
    goodbyes: ByMood
    lets_go: ByMood  # the trainee says goodbye before anything was agreed
    asks_purpose: ByMood  # who it is was said: what is it about?
    asks_subject: ByMood  # something else is spoken of: what has that to do with it?
    told_before: ByMood  # what was said already is said again
    already_told: ByMood  # what it has told is asked for
    asks_caller: ByMood  # who calls? neither name nor company was told
    gives_up: ByMood  # ends a call that was not understood, without anger
    agrees_call: ByMood  # to a next step that is no payment
    asks_next: ByMood  # what comes next?
    takes_message: ByMood  # somebody else takes a message
    # somebody else answers: when the debtor is in, what is not told, who they are, that the debtor is out
    tells_when: ByMood
    withholds: ByMood
    tells_who: ByMood
    not_in: ByMood
    takes_note: ByMood  # a message may be left
    asks_whom_to_call: ByMood  # that somebody called is no message yet


@dataclass(frozen=True, slots=True)
class Book:
    objections: Mapping[str, ObjectionLines]
    common: Common
    reactions: Reactions

    def pool(self, kind: str, objection: str = "") -> Mapping[Mood, tuple[Line, ...]]:
        """The lines of a kind by mood; `objection`, `softer` and `again` are those of an objection."""
        if kind in ("objection", "softer", "again"):
            own = self.objections.get(objection)
            if own is None:
                return {}
            return own.first() if kind == "objection" else getattr(own, kind)
        held = self.common if kind in Common.model_fields else self.reactions
        return getattr(held, kind)  # type: ignore[no-any-return]


def pick(
    pool: Mapping[Mood, tuple[Line, ...]],
    mood: Mood,
    country: str,
    said: Iterable[str],
    random: Random,
    fits: Callable[[str], bool] = lambda line: True,
) -> str | None:
    """A line of the mood, else of the nearest mood, that fits and was not said yet; None if there is none."""
    gone = set(said)
    for near in (mood, *NEAR[mood]):
        fitting = [
            line.text
            for line in pool.get(near, ())
            if (not line.countries or country in line.countries) and line.text not in gone and fits(line.text)
        ]
        if fitting:
            return random.choice(fitting)
    return None
