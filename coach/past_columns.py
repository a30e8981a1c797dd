"""Which column of a sheet of past evaluations holds what: guessed from its title, or said by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from coach.complaints import suggestion
from coach.tables import Table
from coach.types import CoachError
from rubrics.types import Rubric
from transcripts.facts.titles import plain

_NAMES = {
    "call": "llamada id id_llamada llamada_id call call_id grabacion id_grabacion archivo audio recording "
    "recording_id interaccion id_interaccion uniqueid folio",
    "agent": "agente usuario login login_agente agent agent_login asesor gestor ejecutivo id_agente "
    "extension",
    "reviewer": "evaluador evaluadora analista reviewer auditor calidad monitor evaluado_por revisor",
    "date": "fecha fecha_evaluacion fecha_de_evaluacion date evaluated_on fecha_monitoreo dia",
    "criterion": "criterio item pregunta atributo criterion parametro",
    "outcome": "resultado outcome cumple calificacion respuesta valor veredicto evaluacion",
}
_FIELD = {alias: field for field, aliases in _NAMES.items() for alias in aliases.split()}
FIELDS = tuple(_NAMES)
_SURE, _NEAR = 92.0, 70.0  # likeness of two titles, of 100: taken as the same; told as a suggestion


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of columns. A long sheet has `criterion` and `outcome`; a wide one `criteria`, by place."""

    fields: dict[str, int]
    criteria: dict[int, str]
    unknown: tuple[str, ...] = ()  # titles that nothing was found for, with what they may mean

    @property
    def long(self) -> bool:
        return "criterion" in self.fields


@dataclass(frozen=True, slots=True)
class Guess:
    """What a title seems to be: a field, a criterion's id, or "" where nothing is sure; then `near` may say
    which criterion comes closest.
    """

    title: str
    meaning: str
    near: str = ""


def guesses(table: Table, rubric: Rubric) -> tuple[Guess, ...]:
    """One for each title of a sheet, in its order; of two that mean the same, the first one does."""
    found: list[Guess] = []
    for title in dict.fromkeys(title for title in table.header if title):
        meaning = _FIELD.get(plain(title)) or criterion_of(title, rubric) or ""
        if meaning in {one.meaning for one in found}:
            meaning = ""
        found.append(Guess(title, meaning, "" if meaning else near(title, rubric) or ""))
    return tuple(found)


def columns_of(table: Table, rubric: Rubric, said: Mapping[str, str] | None = None) -> Columns:
    """The columns of a sheet; `said` gives by title what a person says: a field, a criterion's id, or ""
    (leave out).

    CoachError where the call, or every criterion, is missing.
    """
    told = {plain(title): meaning for title, meaning in (said or {}).items()}
    _check(table, rubric, told)
    fields: dict[str, int] = {}
    criteria: dict[int, str] = {}
    unknown: list[str] = []
    for at, title in enumerate(table.header):
        meaning = told.get(plain(title), _FIELD.get(plain(title)))
        if meaning == "" or not title:
            continue
        name = criterion_of(title, rubric) if meaning is None else meaning
        if name in FIELDS:
            fields.setdefault(name, at)
        elif name and name not in criteria.values():
            criteria[at] = name
        else:
            unknown.append(_told(title, rubric))
    if "call" not in fields:
        raise CoachError(
            "{file}: falta la columna con la llamada (por ejemplo «id» o «grabación»).", file=table.name
        )
    if "criterion" not in fields and not criteria:
        raise CoachError(
            "{file}: ninguna columna es un criterio de la pauta. Diga cuál es cuál con --map «{column}=…».",
            file=table.name,
            column=table.header[-1],
        )
    if "criterion" in fields and "outcome" not in fields:
        raise CoachError("{file}: hay columna de criterio y falta la del resultado.", file=table.name)
    return Columns(fields, criteria, tuple(unknown))


def criterion_of(title: str, rubric: Rubric) -> str | None:
    """The criterion that a title or a cell names: by id, by label, or so alike that nothing else is meant."""
    names = _names(rubric)
    wanted = plain(title)
    if wanted in names:
        return names[wanted]
    best = process.extract(wanted, list(names), scorer=fuzz.ratio, limit=2, score_cutoff=_SURE)
    found = {names[name] for name, _, _ in best}
    return found.pop() if len(found) == 1 else None


def near(title: str, rubric: Rubric) -> str | None:
    """The criterion that a title may mean: for a person to say yes to."""
    names = _names(rubric)
    best = process.extractOne(plain(title), list(names), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR)
    return names[best[0]] if best else None


def _names(rubric: Rubric) -> dict[str, str]:
    return {plain(name): c.id for c in rubric.criteria for name in (c.id, c.label, c.label_en) if name}


def _told(title: str, rubric: Rubric) -> str:
    maybe = near(title, rubric)
    return f"«{title}» (¿será {maybe}? Dígalo con --map «{title}={maybe}»)" if maybe else f"«{title}»"


def _check(table: Table, rubric: Rubric, told: Mapping[str, str]) -> None:
    titles = {plain(title) for title in table.header}
    known = {*FIELDS, "", *(c.id for c in rubric.criteria)}
    for title, meaning in told.items():
        if title not in titles:
            raise CoachError(
                "{file}: no hay ninguna columna «{column}»{maybe}.",
                file=table.name,
                column=title,
                maybe=suggestion(title, titles),
            )
        if meaning not in known:
            raise CoachError(
                "«{meaning}» no es un criterio de la pauta ni un dato{maybe}.",
                meaning=meaning,
                maybe=suggestion(meaning, known),
            )
