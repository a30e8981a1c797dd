"""Scenario and line files, read and checked whole: every mistake at once, with its file and line.

check_scenario(text, "luz_y_sombra.yaml")   # (Mistake(line, where, what), …): () where it is right
load_scenarios(folder)                      # by id; DrillError tells of every mistake of every file
load_lines(folder)                          # what debtors say
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarfloat import ScalarFloat

from drills.lines import SLOTS, SLOTTED, Book, Common, ObjectionLines, Reactions
from drills.scenario import MOST_BAIT, MOST_HIDDEN, MOST_OPENING, DrillError, Scenario
from drills.voice import told_of
from nlp.countries import currencies
from nlp.tagger import hear
from nlp.text import plain
from rubrics.types import Mistake, RubricError
from rubrics.yamlfile import line_of, mistakes, parsed, refuse, text_of

HERE = Path(__file__).parent
SCENARIOS, LINES = HERE / "scenarios", HERE / "lines"
COMMON = "_common.yaml"
PROMISES = ("promise", "partial_promise")
MOST_OWED = 10**12
THOUSANDS = 3  # figures after a point that stands for thousands
MOST_NAME = 80  # letters of a name, a title or an offer
_SIGNS = "<>{}"
# words of an offer that takes back what would be a threat: «levantamiento del embargo»
_SPARES = frozenset(
    "sin condonacion levantamiento retiro desistimiento suspension cancelacion quita exencion baja".split()
)
_KINDS = ", ".join(sorted(SLOTTED))
Model = TypeVar("Model", bound=BaseModel)


def check_scenario(text: str, name: str = "escenario.yaml") -> tuple[Mistake, ...]:
    """Everything wrong with a scenario, in the order of its lines; DrillError where it is no YAML at all.

    Whoever writes one is told of what nobody would say or offer, too; one that is in use is not lost for it.
    """
    try:
        data = parsed(text, name)
    except RubricError as error:
        raise DrillError(str(error)) from error
    scenario, found = _scenario(data)
    unsaid = _unsaid(scenario) if scenario is not None else ()
    return tuple(sorted((*found, *_placed(data, unsaid))))


def load_scenario(path: Path) -> Scenario:
    """The scenario in `path`. DrillError tells of every mistake at once."""
    try:
        data = parsed(text_of(path), path.name)
    except RubricError as error:
        raise DrillError(str(error)) from error
    scenario, found = _scenario(data)
    if scenario is None or found:
        raise DrillError(str(refuse(path, found)))
    return scenario


def load_scenarios(folder: Path | None = None) -> Mapping[str, Scenario]:
    """The scenarios of a folder, else Temple's own, read once: by id, in the order of their files."""
    return _temples() if folder is None else _in(folder)


@cache
def _temples() -> Mapping[str, Scenario]:
    return MappingProxyType(_in(SCENARIOS))


def _in(folder: Path) -> dict[str, Scenario]:
    out: dict[str, Scenario] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            scenario = load_scenario(path)
        except DrillError as error:
            wrong.append(str(error))
            continue
        if scenario.id in out:
            wrong.append(f"{path.name}: el id «{scenario.id}» ya es de otro escenario. Póngale otro.")
        out[scenario.id] = scenario
    if wrong:
        raise DrillError("\n".join(wrong))
    return out


@lru_cache(maxsize=8)
def load_lines(folder: Path = LINES) -> Book:
    """The lines of a folder: one file for each objection, and those common to all."""
    wrong: list[str] = []
    by_objection: dict[str, ObjectionLines] = {}
    for path in sorted(folder.glob("[!_]*.yaml")):
        lines = _file(path, ObjectionLines, wrong)
        if lines is not None:
            by_objection[lines.objection] = lines
    common = _file(folder / COMMON, Common, wrong)
    reactions = _file(HERE / "reactions.yaml", Reactions, wrong)
    if wrong or common is None or reactions is None:
        raise DrillError("\n".join(wrong))
    return Book(by_objection, common, reactions)


def _scenario(data: CommentedMap) -> tuple[Scenario | None, tuple[Mistake, ...]]:
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        misshapen = (*mistakes(error, data, (), Scenario), *_placed(data, _points_of_thousands(data)))
        return None, tuple(sorted(dict.fromkeys(misshapen)))
    return scenario, tuple(sorted(_placed(data, (*_unsound(scenario), *_points_of_thousands(data)))))


def _placed(data: CommentedMap, told: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[Mistake]:
    for loc, what in told:
        yield Mistake(line_of(data, loc), str(loc[0]), what)


def _points_of_thousands(data: CommentedMap) -> Iterator[tuple[tuple[str, ...], str]]:
    """Sums that the file's format reads as a fraction: 214.900, as half the continent writes thousands."""
    places: tuple[tuple[str, ...], ...] = (("amount",), ("success", "min_amount"))
    for place in places:
        value: Any = data
        for key in place:
            value = value.get(key) if isinstance(value, Mapping) else None
        if _figures_after_point(value) == THOUSANDS:
            whole = round(float(value) * 1000)
            yield place, f"se leería con coma ({value}): si son miles, escriba {whole} sin el punto"


def _figures_after_point(value: Any) -> int:
    """Of a sum as the file writes it, between quotation marks or not; 0 where it has no point."""
    if isinstance(value, ScalarFloat):
        return int(value._width - value._prec - 1)  # type: ignore[attr-defined]
    whole, _, rest = value.strip().partition(".") if isinstance(value, str) else ("", "", "")
    return len(rest) if (whole + rest).isdecimal() else 0


def _unsound(one: Scenario) -> Iterator[tuple[tuple[str, ...], str]]:
    """What no field by itself can tell: where in the file, and what."""
    goal = one.success
    if goal.kind in PROMISES and goal.min_amount is None:
        yield ("success", "kind"), "una promesa necesita min_amount"
    if goal.min_amount is not None and goal.min_amount > one.amount:
        yield ("success", "min_amount"), f"es más que lo que se debe ({one.amount})"
    if goal.kind in PROMISES and goal.within_days is None:
        yield ("success", "kind"), "una promesa necesita within_days"
    if goal.kind == "third_party_message" and set(one.objections) != {"wrong_person"}:
        yield ("objections",), "con un tercero al teléfono la única objeción es wrong_person"
    if one.hidden_reason and not one.reveal_on:
        yield ("hidden_reason",), "falta reveal_on: qué pregunta la descubre"
    if one.reveal_on and not one.hidden_reason:
        yield ("reveal_on",), "falta hidden_reason: qué se descubre"
    if one.country == "CO" and set(one.reveal_on) == {"asks_reason"}:
        yield ("reveal_on",), "en Colombia no se pregunta el motivo: use explores_objection"
    if one.difficulty == 5 and not one.bait:
        yield ("difficulty",), "el nivel 5 necesita bait: la frase que provoca"
    if one.bait and one.difficulty != 5:
        yield ("bait",), "solo el nivel 5 lleva una frase que provoca"
    if len(set(one.objections)) < len(one.objections):
        yield ("objections",), "una objeción está dos veces"


def _unsaid(one: Scenario) -> Iterator[tuple[tuple[str, ...], str]]:
    """What nobody would say on the phone, or may offer."""
    spoken = (("hidden_reason", (one.hidden_reason,), MOST_HIDDEN), ("bait", (one.bait,), MOST_BAIT))
    for name, texts, most in (("openings", one.openings, MOST_OPENING), *spoken):
        for text in filter(None, texts):
            if any(sign in text for sign in _SIGNS):
                yield (name,), f"se dice tal cual por teléfono: sin {' '.join(_SIGNS)}"
            elif not any(map(str.isalpha, text)):
                yield (name,), f"«{text}» no dice nada: escriba lo que se oye por teléfono"
            elif (words := len(text.split())) > most:
                yield (name,), f"tiene {words} palabras y al teléfono se dicen {most} como mucho"
    if not one.with_third_party and told_of(one.hidden_reason):  # somebody else may well tell of the debtor
        yield (
            ("hidden_reason",),
            "el deudor lo dice tal cual: escríbalo como lo diría el deudor («Me robaron…», «mi esposo…»)",
        )
    for name in ("title", "title_en", "product", "creditor", "debtor_name", "agent_company"):
        yield from _unnamed(name, getattr(one, name))
    if int(one.amount.as_tuple().exponent) < -THOUSANDS:
        yield ("amount",), "tiene más de dos decimales; escríbala sin separar los miles: 880.50"
    if one.amount >= MOST_OWED:
        yield ("amount",), f"es demasiado: va hasta {MOST_OWED}"
    if one.currency not in currencies():
        yield (
            ("currency",),
            f"«{one.currency}» no es una moneda conocida; use una como {', '.join(currencies()[:4])}",
        )
    for offer in one.authorized_offers:
        yield from _unnamed("authorized_offers", offer)
        spares = any(word in _SPARES for word in plain(offer).split())
        if not spares and {"threat", "lawyer"} & set(hear(offer, "agent").found):
            yield ("authorized_offers",), f"«{offer}» no es algo que se ofrezca: es una amenaza"


def _unnamed(name: str, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Why a text is no name of anybody or anything."""
    if any(sign in text for sign in _SIGNS):
        yield (name,), f"van palabras, sin {' '.join(_SIGNS)}"
    elif not any(map(str.isalnum, text)):
        yield (name,), f"«{text}» no dice nada"
    elif len(text) > MOST_NAME:
        yield (name,), f"tiene {len(text)} letras y va hasta {MOST_NAME}"


def _file(path: Path, model: type[Model], wrong: list[str]) -> Model | None:
    try:
        data = parsed(text_of(path), path.name)
    except RubricError as error:
        wrong.append(str(error))
        return None
    try:
        lines = model.model_validate(data)
    except ValidationError as error:
        wrong.append(str(refuse(path, mistakes(error, data, (), model))))
        return None
    found = [Mistake(line, where, what) for line, where, what in _slots(data, ())]
    if found:
        wrong.append(str(refuse(path, found)))
    return lines


def _slots(data: Any, loc: tuple[str | int, ...], root: Any = None) -> Iterator[tuple[int, str, str]]:
    """Lines whose braces cannot be filled: (line, where, what)."""
    root = data if root is None else root
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _slots(value, (*loc, key), root)
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _slots(value, (*loc, at), root)
    elif isinstance(data, str):
        try:
            named = {name for _, name, _, _ in Formatter().parse(data) if name is not None}
        except ValueError:
            named = {data}
        known = SLOTS if SLOTTED & set(map(str, loc)) else frozenset()
        for name in sorted(named - known):
            here = " › ".join(str(key) for key in loc)
            yield (
                line_of(root, loc),
                here,
                f"«{{{name}}}» no se puede llenar: {{amount}} y {{date}} van solo en {_KINDS}",
            )
