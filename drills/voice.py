"""Whether what a debtor is to say tells of the debtor instead, as a note would: «Le robaron el bolso»."""

from __future__ import annotations

import re

from nlp.text import plain

_KIN = (
    "espos[oa]|marido|mujer|pareja|novi[oa]|ex|hij[oa]s?|nen[ea]s?|niñ[oa]s?|mama|madre|papa|padres?|viej[oa]s?|"
    "herman[oa]s?|abuel[oa]s?|niet[oa]s?|suegr[oa]s?|cuñad[oa]s?|ti[oa]s?|prim[oa]s?|familia|jef[ea]|patron[ae]?"
).replace("ñ", "n")
_NAMES_THEM = re.compile(r"\b(?:el|la) (?:deudora?|cliente|clienta|titular)\b")
_THEIRS = re.compile(rf"\bsus? (?:{_KIN})\b")
# how a note begins; «tiene razón» is said to the agent
_BEGINS = re.compile(
    r"^(?:(?:es que|porque|la verdad|en realidad|resulta que),? )?(?:(?:ya|no|nunca|aun|todavia|apenas) )*"
    r"(?:les? \w+(?:ron|o|an|en)\b|quiere|puede|tiene (?!razon)|tuvo|perdio|cobra|gana|presto|gasto|vive|"
    r"trabaja|teme|(?:el|ella) )"
)
_FIRST = re.compile(
    r"\b(?:yo|me|mi|mis|mia|mio|mias|mios|conmigo|nos|nosotr[oa]s|nuestr[oa]s?|soy|estoy|tengo|puedo|debo|"
    r"quiero|voy|he|vivo|cobro|gano|perdi|tuve|hice|fui|pude|puse)\b"
)
_FIRST_PAST = re.compile(r"\b(?!aquí|allí|ahí|así|café|qué|porqué|bebé)\w{2,}[éí]\b", re.IGNORECASE)


def told_of(text: str) -> bool:
    """Whether nothing in it is said in the first person and something plainly in the third."""
    said = plain(text)
    if _FIRST.search(said) or _FIRST_PAST.search(text):
        return False
    return bool(_NAMES_THEM.search(said) or _THEIRS.search(said) or _BEGINS.search(said))
