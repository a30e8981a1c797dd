"""Another name for a person of a call, of the same sex, and whether the former one is heard all the same."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.names import addressed_by_name, called
from nlp.redact_words import flat
from transcripts.types import Transcript

# first names of either sex, with those of several origins, and surnames
_WOMEN = ("María", "Guadalupe", "Yolanda", "Nayeli", "Rosaura", "Brígida", "Jennifer", "Aymara", "Fátima")
_MEN = ("José", "Wilmer", "Eusebio", "Brayan", "Nicanor", "Kevin", "Mohamed", "Inti", "Anselmo")
_LAST = (
    "Quispe",
    "Mamani",
    "Fernández",
    "Chávez",
    "Tzul",
    "Huenchumán",
    "Okafor",
    "Larraín",
    "Echeverría",
    "Gómez",
)
# who is called so («doña Marleny») tells it surely, the ending of a name most often
_TITLES = {
    True: "senora senorita dona sra srta licenciada doctora mrs ms miss madam".split(),
    False: "senor don sr licenciado doctor mr sir".split(),
}
_WOMANLY = ("a", "y", "i", "iz", "is", "ys", "ad", "ed", "th", "ette")
_THOUGH = {  # though their ending says otherwise
    True: frozenset(
        "amparo araceli asuncion belen carmen consuelo concepcion dolores encarnacion ester flor guadalupe "
        "ines irene isabel ivonne jacqueline jennifer karen lourdes luz maribel maricarmen marisol mercedes "
        "milagros miriam nohemi pilar raquel refugio remedios rocio rosario socorro sol yasmin "
        "yvonne".split()
    ),
    False: frozenset(
        "alexis anthony borja denis dennis eli elvis francis freddy fredy harry henry inti isai jhonny jimmy "
        "joshua judas kenneth leonidas levi lucca luis neftali noe rudy seth tony willy yeray".split()
    ),
}


def other_name(name: str, transcript: Transcript, dice: random.Random) -> str:
    """A name with as many words, of the same sex as far as it is known; «de la» stays as it is."""
    first, *last = name.split()
    surnames = (one if one.islower() else another(one, _LAST, dice) for one in last)
    names = _WOMEN if _is_woman(name, transcript) else _MEN
    return " ".join([another(first, names, dice), *surnames])


def another(name: str | None, names: Sequence[str], dice: random.Random) -> str:
    return dice.choice([one for one in names if one != name])


def still_heard(name: str, transcript: Transcript) -> bool:
    """Whether somebody is called by a part of `name` in the call, misspelt as a recogniser may have it."""
    recording = replace(transcript.recording, debtor_name=name, agent=None)
    turns = tuple(replace(turn, speaker="agent", doubt=None) for turn in transcript.turns)
    return bool(called(name)) and bool(
        addressed_by_name(replace(transcript, recording=recording, turns=turns))
    )


def _is_woman(name: str, transcript: Transcript) -> bool:
    """By the titles that the name has in the call, else by the name itself."""
    parts = "|".join(re.escape(part) for part in flat(name).split() if len(part) > 2)
    said = "\n".join(flat(turn.text) for turn in transcript.turns)
    women, men = (
        len(re.findall(rf"(?<!\w)(?:{'|'.join(_TITLES[sex])})\.?\s+(?:\w+\s+)?(?:{parts})(?!\w)", said))
        for sex in (True, False)
    )
    first = flat(name).split()[0]
    if not parts or women == men:
        return first in _THOUGH[True] or (first.endswith(_WOMANLY) and first not in _THOUGH[False])
    return women > men
