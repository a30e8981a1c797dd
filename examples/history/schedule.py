"""Which call happens when, by whom, to whom and about what, before a word is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from .people import Case
from .speech import Style

FIRST, LAST = date(2026, 8, 24), date(2026, 11, 18)

# What calls are about, in parts of a hundred; a rude agent has more that end in anger.
PLOTS = {
    "promise": 52,
    "call_later": 6,
    "needs_third_party": 5,
    "distrust": 4,
    "already_paid": 6,
    "not_my_debt": 4,
    "wrong_amount": 5,
    "bad_service": 4,
    "refusal": 5,
    "legal_threat": 3,
    "hostile": 4,
    "health_emergency": 4,
    "third": 5,
    "wrong": 3,
    "voicemail": 2,
}
# What stands in the way of a promise; two at a time in every third call.
HURDLES = {
    "no_money": 30,
    "other_debts": 15,
    "job_loss": 14,
    "vague_promise": 15,
    "no_notice": 9,
    "payment_channel": 9,
    "asks_discount": 12,
    "harassment_complaint": 9,
    "": 7,
}
STYLES: tuple[Style, ...] = ("digits", "words", "asr")
CLASHES = (
    {"no_money", "job_loss"},
    {"no_notice", "payment_channel"},
)  # two stories that one person would not tell
FORMAL = {"AR", "ES"}  # «señora Lafuente», not «señora Remedios»


@dataclass(frozen=True, slots=True)
class Planned:
    login: str | None  # none: the recorder gave no agent
    account: str
    call_type: str
    case: Case


def plan(cast: dict[str, Any], rng: Random) -> Iterator[Planned]:
    """Every composed call; the same cast and seed give the same plan."""
    accounts = rng.sample(range(430_000, 899_000), 1000)
    names: set[str] = set()
    staff = [(login, person) for login, person in cast["agents"].items()]
    staff += [(None, person) for person in cast["unassigned"]]
    for login, person in staff:
        plots = _bag(PLOTS, person["calls"], rng)
        place = cast["countries"][person["country"]]
        for plot in plots:
            case = _case(login, person, place, plot, names, rng)
            kinds = {"third": "tercero", "wrong": "tercero", "voicemail": "buzon"}
            call_type = kinds.get(plot) or rng.choice(["primer_contacto"] * 3 + ["seguimiento"])
            yield Planned(login, str(accounts.pop()), call_type, case)


def _bag(parts: dict[str, int], size: int, rng: Random) -> list[str]:
    """`size` draws that keep the parts, in chance order."""
    every = [name for name, part in parts.items() for _ in range(part)]
    start = rng.randrange(len(every))
    drawn = [every[(start + round(i * len(every) / size)) % len(every)] for i in range(size)]
    rng.shuffle(drawn)
    return drawn


def _case(
    login: str | None, person: dict[str, Any], place: dict[str, Any], plot: str, names: set[str], rng: Random
) -> Case:
    on = _working_day(place, rng)
    progress = (on - FIRST).days / (LAST - FIRST).days
    start, end = person["skill"]
    country = person["country"]
    sex = rng.choice("fm")
    given, family = _name(place, sex, names, rng)
    portfolio = rng.choice([one for one in place["portfolios"] if one.get("of", login) == login])
    hurdles = list(HURDLES)
    weights = list(HURDLES.values())
    days_late = rng.randint(*portfolio["days"])
    first = rng.choices(hurdles, weights)[0]
    if not first and days_late > 25:  # nobody forgets for two months
        first = "no_money"
    objections: tuple[str, ...] = (plot,) if plot != "promise" else (first,) if first else ()
    if plot == "promise" and first and rng.random() < 0.36:
        second = rng.choices(hurdles, weights)[0]
        objections = (
            (first, second) if second and {first, second} not in CLASHES and second != first else (first,)
        )
    low = "job_loss" in objections or rng.random() < 0.12
    first_plan = "low" if low else rng.choice(["full", "parts", "parts", "full"])
    return Case(
        at=datetime.combine(on, _moment(place, rng), ZoneInfo(place["zone"])),
        country=country,
        place=place,
        agent=person["name"],
        agent_sex=person["sex"],
        company=person["company"],
        styles=tuple(person["styles"]),
        skill=start + (end - start) * progress,
        given=given,
        family=family,
        sex=sex,
        address=_address(country, given, family[0], sex, rng),
        portfolio=portfolio,
        amount=_amount(portfolio, place["step"], rng),
        days_late=days_late,
        plot=plot,
        objections=objections,
        plan=first_plan,
        style=rng.choices(STYLES, [50, 22, 28])[0],
    )


def _working_day(place: dict[str, Any], rng: Random) -> date:
    while True:
        on = FIRST + timedelta(days=rng.randint(0, (LAST - FIRST).days))
        if on.weekday() < 5 and on.isoformat() not in place["holidays"]:
            return on


def _moment(place: dict[str, Any], rng: Random) -> time:
    """A minute well inside the lawful hours."""
    opens, closes = place["hours"]
    return time(rng.randint(max(opens, 8), closes - 1), rng.randint(1, 49), rng.randint(0, 59))


def _name(place: dict[str, Any], sex: str, names: set[str], rng: Random) -> tuple[str, tuple[str, str]]:
    while True:
        given = rng.choice(place[f"given_{sex}"])
        one, two = rng.sample(place["family"], 2)
        if f"{given} {one}" not in names:
            names.add(f"{given} {one}")
            return given, (one, two)


def _address(country: str, given: str, family: str, sex: str, rng: Random) -> str:
    sir, don = ("señora", "doña") if sex == "f" else ("señor", "don")
    if country in FORMAL:
        return f"{sir} {family}"
    return rng.choice([f"{sir} {given}", f"{don} {given}", f"{sir} {family}"])


def _amount(portfolio: dict[str, Any], step: int, rng: Random) -> float:
    low, high = portfolio["amount"]
    if portfolio.get("cents"):
        return round(rng.randint(low * 20, high * 20) / 20, 2)
    return float(rng.randint(low // step, high // step) * step)
