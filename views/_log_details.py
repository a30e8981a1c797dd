"""What an entry of the audit log says beside who did what to what, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from coach.viewers import ROLES
from views import _address, _labels
from views._text import t


def details(told: Mapping[str, Any]) -> str:
    """«rol: Analista de calidad, nota: …»; left out are numbers of rows, which say nothing to people, and
    who it was.
    """
    words = names()
    said = {
        key: value
        for key, value in told.items()
        if key not in ("task", "user", "machine_user") and not key.endswith("_id") and value not in ("", None)
    }
    return ", ".join(
        f"{words.get(key, key.replace('_', ' '))}: {_value(key, value)}" for key, value in said.items()
    )


def names() -> dict[str, str]:
    """By the key that the log keeps; a test sees to it that none is missing."""
    return {
        "was": t("antes"),
        "now": t("ahora"),
        "audio": t("audio"),
        "audio_days": t("días de audio"),
        "beep": t("con pitido"),
        "blind": t("a ciegas"),
        "by": t("por"),
        "call": t("llamada"),
        "calls": t("llamadas"),
        "changed": t("con datos nuevos"),
        "change": t("cambio"),
        "closes": t("cierra el caso"),
        "comment": t("comentario"),
        "corrected": t("corregidos"),
        "country": t("país"),
        "criterion": t("criterio"),
        "digest": t("huella"),
        "dispute": t("apelación"),
        "drawn": t("sorteadas"),
        "email": t("correo"),
        "facts": t("datos"),
        "failed": t("con error"),
        "fail": t("no cumple"),
        "faults": t("filas con error"),
        "files": t("archivos"),
        "format": t("formato"),
        "frame": t("entre cuántas"),
        "given_back": t("devueltas a la cola"),
        "held": t("retenidas"),
        "kind": t("clase"),
        "language": t("idioma"),
        "leads": t("dirige"),
        "login": t("usuario"),
        "moments": t("momentos callados"),
        "month": t("mes"),
        "na": t("no aplica"),
        "name": t("nombre"),
        "names": t("con nombres"),
        "new": t("nuevos"),
        "note": t("nota"),
        "outcome": t("veredicto"),
        "pass": t("cumple"),
        "pattern": t("patrón"),
        "people": t("personas"),
        "points": t("puntos"),
        "portfolio": t("cartera"),
        "proposed_by": t("propuesto por"),
        "reach": t("alcance"),
        "reason": t("motivo"),
        "rescored": t("evaluada de nuevo"),
        "returned": t("devueltos"),
        "review": t("revisión"),
        "role": t("rol"),
        "rows": t("filas"),
        "score_months": t("meses de la llamada y sus notas"),
        "seconds": t("segundos"),
        "since": t("desde"),
        "source": t("origen"),
        "state": t("resultado"),
        "title": t("título"),
        "to": t("a quién"),
        "transcript_days": t("días de texto"),
        "until": t("hasta"),
        "version": t("versión"),
        "visible_from": t("visible desde"),
        "week": t("semana"),
        "what": t("qué"),
        "why": t("motivo"),
        "words": t("textos"),
    }


def resource(name: str) -> str:
    """What was exported, or asked for over the API."""
    whole, _, kind = name.partition(".")
    known = {
        "calls": t("llamadas"),
        "call": t("una llamada"),
        "agents": t("agentes"),
        "teams/weeks": t("semanas de los equipos"),
        "objections": t("objeciones"),
        "promises": t("promesas"),
        "criticals": t("faltas críticas"),
        "audit": t("registro"),
        "guide": t("guía"),
        "relabels": t("objeciones corregidas"),
        "openapi": t("descripción de la API"),
    }
    return " ".join(part for part in (known.get(whole, whole), kind) if part)


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return t("sí") if value else t("no")
    if isinstance(value, str) and (at := _instant(value)):
        return _address.moment(at)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    role = next((one for one in ROLES if key == "role" and one == value), None)
    if role:
        return _labels.role(role)
    if key == "what":
        return ", ".join(_values(key).get(one, one) for one in str(value).split(", "))
    return _values(key).get(str(value), str(value))


def _instant(text: str) -> datetime | None:
    """What the log keeps of an instant, with its zone; None for any other text."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _values(key: str) -> dict[str, str]:
    return {
        "what": {"audio": t("audio"), "words": t("texto"), "call": t("toda la llamada")},
        "outcome": {"pass": t("cumple"), "fail": t("no cumple"), "na": t("no aplica")},
        "state": {"upheld": t("se le dio la razón"), "dismissed": t("no se le dio la razón")},
        "reach": {"all": t("todo"), "team": t("un equipo"), "portfolio": t("una cartera")},
        "change": {
            "withdrawn": t("retirada"),
            "corrected": t("corregida"),
            "restored": t("como la oyó Temple"),
        },
        "by": {"sso": t("la cuenta de la empresa")},
        "why": {
            "unknown": t("correo de nadie que pueda entrar"),
            "shared": t("correo de varias personas"),
            "unverified": t("correo sin comprobar"),
            "other_account": t("otra cuenta de la empresa que la de antes"),
            "deactivated": t("cuenta desactivada"),
            "unproved": t("lo que dijo el servicio no pasó la comprobación"),
        },
    }.get(key, {})
