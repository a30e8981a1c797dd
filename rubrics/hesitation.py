"""What a reason says of the machine's own doubt. A person who has decided has looked: to the agent who reads
it, the doubt would be the person's.
"""

from __future__ import annotations

import re

_AT = r"\((?P<at>turnos? [^)]*)\)"
_INSTEAD = {  # what is said instead; a reason has the words of `rubrics.checks`, of this release or another
    rf"; tal vez está dicho de otro modo {_AT}": "",
    r",? ?(?:pero )?tal vez no se atiende": ", pero no se atiende",
    r" No es seguro que lo contara, por eso conviene escucharlo\.": "",
    r" Una parte no se oyó bien, por eso conviene escucharla\.": "",
    r",? por eso conviene escucharl[oa](?=\.)": "",
    r" ?Conviene que una persona lo escuche\.": "",
    r": conviene que una persona lo escuche(?=\.)": "",
    r" ?Habló también otra voz, que no es del agente: decida una persona\.": "",
    rf"Varias veces parece haber (?P<what>.+?) {_AT}": r"Se oye \g<what> (\g<at>)",
    rf"Tal vez haya (?P<what>.+?) {_AT}, pero las palabras no bastan para decirlo": r"No se oye \g<what>",
    rf"Tal vez el deudor se comprometió con monto y fecha {_AT}, pero no es seguro": (
        r"El deudor se comprometió con monto y fecha (\g<at>)"
    ),
    rf"Tal vez habló de la deuda antes de confirmar al titular {_AT}: no se oyó bien": (
        r"Habló de la deuda antes de confirmar al titular (\g<at>)"
    ),
}
_DOUBTS = [(re.compile(pattern), instead) for pattern, instead in _INSTEAD.items()]


def without_doubt(reason: str) -> str:
    """The machine's reason for an outcome that a person has confirmed, as of somebody who is sure."""
    for pattern, instead in _DOUBTS:
        reason = pattern.sub(instead, reason)
    return reason.strip()
