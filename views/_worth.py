"""What a criterion weighs and what its verdict came to on one call, in words for its row and the panel."""

from __future__ import annotations

from coach.types import Call
from rubrics.settled import Settled
from rubrics.types import Criterion
from views import _formats
from views._text import own, t


def cost(name: str, now: Settled, country: str | None) -> str:
    """«−8,7 puntos» for what was failed without doubt, as the country writes it; empty for all else."""
    lost = now.worth.get(name, 0.0)
    verdict = now.verdicts.get(name) or now.pack_verdicts.get(name)
    if verdict is None or verdict.outcome != "fail" or not lost:
        return ""
    return t("{n} puntos", n=_formats.brief(-lost, country))


def said(call: Call, name: str, now: Settled, *, voids: bool) -> str:
    """«Pesa 6. En esta llamada costó 8,7 de 100 puntos.» Empty where there is no verdict. `voids`: a failure
    that a person confirms voids the call.
    """
    verdict = now.verdicts.get(name) or now.pack_verdicts.get(name)
    if verdict is None:
        return ""
    weight = now.weights.get(name, 0.0)
    grave = t("Una falta confirmada por una persona anula la llamada: queda en 0.") if voids else ""
    if not weight:
        none = _weightless(call, name)
        return f"{none} {grave}".strip()
    country = call.transcript.recording.country
    weighs = t("Pesa {n}.", n=_formats.brief(weight, country))
    worth = _formats.brief(now.worth.get(name, 0.0), country)
    if call.scorecard.evaluable == "no":
        came = ""
    elif name in now.suggestions:
        came = t("Es solo sugerencia todavía: no entra en los puntos.")
    elif verdict.needs_review:
        came = t("Cuenta cuando una persona lo revise.")
    elif verdict.outcome == "na":
        came = t("En esta llamada no aplica y no cuenta.")
    elif verdict.outcome == "fail":
        came = t("En esta llamada costó {n} de 100 puntos.", n=worth)
    else:
        came = t("En esta llamada dio {n} de 100 puntos.", n=worth)
    return " ".join(part for part in (weighs, came, grave) if part)


def of_call(now: Settled, criteria: tuple[Criterion, ...], country: str | None) -> tuple[str, ...]:
    """How the points of a call came about, sentence by sentence, as plain text."""
    points = now.would_be if now.void else now.points
    if not now.worth or points is None:
        return (t("Esta llamada no tiene puntos: nada de lo juzgado cuenta todavía."),)
    whole = sum(now.weights[name] for name in now.worth)
    costs = [(own(one.label, one.label_en), cost(one.id, now, country)) for one in criteria]
    lost = [f"{label} {minus}" for label, minus in costs if minus]
    lines = [
        t("Cada criterio tiene un peso. Lo que no aplica o espera a una persona no cuenta."),
        t(
            "Aquí lo juzgado pesa {whole} y lo cumplido {gained}: {points} puntos de 100.",
            whole=_formats.brief(whole, country), gained=_formats.brief(points * whole / 100, country),
            points=_formats.brief(points, country),
        ),
        t("Costaron puntos: {what}.", what=", ".join(lost)) if lost else t("Nada costó puntos."),
    ]  # fmt: skip
    if now.to_review and now.points_low is not None and not now.void:
        span = _formats.points(now.points, now.points_low, now.points_high)
        lines.append(t("Con lo que falta revisar quedará en {points}.", points=span))
    if now.void:
        lines.append(t("Una falta crítica confirmada anula la llamada: cuenta como 0."))
    return tuple(lines)


def _weightless(call: Call, name: str) -> str:
    if name in call.scorecard.replaced:
        return t("No se juzga aquí: la ley del país lo sustituye por otra regla.")
    return t("No pesa en los puntos.")
