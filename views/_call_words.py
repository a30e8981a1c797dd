"""What the player says to who reviews a call, and to the agent who reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from rubrics.types import Rule
from views import _formats
from views._text import t


def review() -> dict[str, Any]:
    return {
        "review": t("Revisión"),
        "reviewKeys": t("J K: turno · N P: criterio · 1 2 3: cumple, no cumple, no aplica · ?: ayuda"),
        "outcomes": {"pass": t("cumple"), "fail": t("no cumple"), "na": t("no aplica")},
        "critical": t("crítica"),
        "undo": t("Quitar"),
        "whyNeeded": t("¿Por qué cambia el veredicto? El agente lo va a leer."),
        "whyOptional": t("Por qué (si quiere decirlo)"),
        "compare": t("Comparar con Temple"),
        "whyMore": t("Unas palabras más, por favor: el agente lo va a leer."),
        "finish": t("Terminar la revisión"),
        "finishSo": t("Sí, terminar así"),
        "sure": t("Puede terminar así, o cerrar con Esc y mirarlo antes. ¿Termina?"),
        "notConfirmed": t(
            "«{label}» queda sin confirmar: nadie dijo todavía si es una falta.", label="{label}"
        ),
        "quick": t("Abrió la revisión hace {n} s y no se oyó ni se recorrió nada.", n="{n}"),
        "noticed": t("Entendido"),
        "writeReason": t("Escribir lo que falta"),
        "reasonMissing": t("Falta decir por qué cambia «{label}».", label="{label}"),
        "notes": t("De la llamada en general (si quiere decir algo)"),
        "notesFor": t("Queda en el expediente de la llamada; el agente no lo lee."),
        "help": t("Ayuda"),
        "relabel": t("Objeción de este turno"),
        "removed": t("Quitar: {label}", label="{label}"),
        "added": t("Agregar: {label}", label="{label}"),
        "search": t("Escriba para buscar"),
        "nothing": t("Nada con «{text}».", text="{text}"),
        "noTurn": t(
            "¿De qué turno? Elíjalo con J o K, o póngale el ratón encima, y pulse la tecla otra vez."
        ),
        "agentsTurn": t(
            "Este turno es del agente. Una objeción va en el turno en que se dijo: con J y K cambia de turno."
        ),
        "comment": t("Comentario sobre este turno"),
        "forAgent": t("El agente lo puede leer"),
        "correct": t("Lo que se oye en este turno"),
        "speaker": t("Quién habla"),
        "speakers": speakers(),
        "save": t("Guardar"),
        "enterSaves": t("Mayús+Enter: otra línea. Esc cierra sin guardar."),
        "keyList": _keys(),
    }


def appeal(*, heard: bool) -> dict[str, Any]:
    """`heard`: there is a sound of the call."""
    anew = t("¿Por qué? Lo lee una segunda persona, que escucha la llamada de nuevo.")
    return {
        "appeal": t("No estoy de acuerdo"),
        "appealWhy": anew if heard else t("¿Por qué? Una segunda persona lo lee, y lee la llamada de nuevo."),
        "appealSend": t("Enviar la apelación"),
        "appealEmpty": t("Escriba por qué."),
    }


def speakers() -> list[tuple[str, str]]:
    return [
        ("agent", t("Agente")),
        ("debtor", t("Deudor")),
        ("other", t("Otra persona")),
        ("unknown", t("Sin identificar")),
    ]


def _keys() -> list[tuple[str, str]]:
    return [
        ("J K", t("turno siguiente, turno anterior")),
        (t("Espacio"), t("oír o pausar")),
        ("← →", t("5 segundos atrás o adelante")),
        ("S", t("velocidad")),
        ("E", t("evidencia siguiente")),
        ("N P", t("criterio siguiente, criterio anterior (o ↓ ↑)")),
        ("1 2 3", t("cumple, no cumple, no aplica")),
        ("0", t("quitar lo que dije de este criterio")),
        ("R", t("cambiar la objeción del turno")),
        ("T", t("corregir el texto o quién habla")),
        ("X", t("intercambiar agente y deudor")),
        ("B", t("confirmar quién habla")),
        ("C", t("comentar el turno")),
        ("F", t("terminar")),
        ("Esc", t("cerrar lo que está abierto")),
        ("?", t("ver esta ayuda")),
    ]


def source(rule: Rule) -> str:
    """What a country's rule rests on, and when a person read that last."""
    if rule.reviewed_on == date.min:  # its text is had no longer, see `JudgedBy`
        return t("Ya no está en las reglas del país.")
    return t("Fuente: {source}. Revisado el {day}.", source=rule.law, day=_formats.day(rule.reviewed_on))
