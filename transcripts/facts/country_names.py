"""Countries as people write them: «México», «El Salvador», «Rep. Dominicana», «COL»."""

from __future__ import annotations

from functools import cache

from transcripts.facts.titles import plain

# beside the names of the norm: what else a cell holds, and its codes of three letters
_OTHERS = {
    "MX": "mex", "CO": "col", "CL": "chl", "PE": "per", "AR": "arg", "ES": "esp", "GT": "gtm", "EC": "ecu",
    "CR": "cri", "US": "usa eeuu ee_uu", "UY": "ury", "PY": "pry", "BO": "bol", "HN": "hnd", "SV": "slv",
    "NI": "nic", "PA": "pan", "DO": "dom rep_dominicana", "VE": "ven",
}  # fmt: skip


def code_of(said: str) -> str:
    """The ISO code of a country, by its name in Spanish or English; what is none, in capitals."""
    return said.upper() if len(said) == 2 else _codes().get(plain(said), said.upper())


@cache
def _codes() -> dict[str, str]:
    from babel import Locale  # only here: its tables take a moment

    codes = {word: code for code, words in _OTHERS.items() for word in words.split()}
    for language in ("en", "es"):
        names = Locale(language).territories.items()
        codes |= {plain(name): code for code, name in names if len(code) == 2}
    return codes
