"""The people and the facts of one call, and the slots that scenes leave open for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from . import speech

_BEGINNINGS = frozenset({"Es", "Pues", "Yo", "De", "En", "Para", "Como", "Algo", "Todo", "Las"})


@dataclass(frozen=True, slots=True)
class Case:
    """Who calls whom, about what, when, and what the call is going to be about."""

    at: datetime  # with the zone of the country
    country: str
    place: dict[str, Any]  # the country's words, channels, currency, holidays
    agent: str
    agent_sex: str
    company: str
    styles: tuple[str, ...]
    skill: float
    given: str
    family: tuple[str, str]
    sex: str  # the debtor's
    address: str  # «señora Rosalba»
    portfolio: dict[str, Any]
    amount: float
    days_late: int
    plot: str
    objections: tuple[str, ...]
    plan: str
    style: speech.Style

    @property
    def kind(self) -> str:
        return str(self.portfolio["class"])

    @property
    def creditor(self) -> str:
        return str(self.portfolio.get("creditor", self.company))


class Slots:
    """Fills «{amt}», «{when}» and the like; one person, one amount, one date all through the call."""

    def __init__(self, case: Case, rng: Random) -> None:
        self.case, self.rng = case, rng
        self.plan, self.ack, self._avoid = case.plan, "", ""
        self.accents = rng.random() < 0.5
        self.fixed = self._people() | self._money() | self._dates() | self._others()

    def avoid(self, words: str) -> None:
        """A way of paying that the debtor says has failed is not the way they will pay."""
        said = words.lower()
        ways = [way for way in self.case.place["channels"] if way.split()[-1].lower()[:4] not in said]
        self.fixed["chan"], self.fixed["chan2"] = self.rng.sample(ways, 2)

    def fill(self, text: str, speaker: str) -> str:
        """What is really said, with slots filled, in this country's words and this transcript's spelling."""
        if "{ack}" in text:
            text = text.replace("{ack}", self.ack)
        said = text
        while "{" in said:  # a slot may hold another
            said = re.sub(r"\{(\w+)\}", lambda found: self[found[1]], said)
        said = re.sub(r"\b([Dd]e|[Aa]) el (?=[a-záéíóúñ])", lambda found: found[1] + "l ", said)
        said = _swapped(said, self.case.place.get("local", {}))
        if speaker == "debtor":
            said = _swapped(said, self.case.place.get("to_vos", {}))
            if len(said.split()) > 5 and said.split()[0] in _BEGINNINGS and self.rng.random() < 0.2:
                said = self.rng.choice(["Eh... ", "Este... "]) + said[0].lower() + said[1:]
        if self.case.style == "asr":
            return speech.recognised(said, self.rng, self.accents)
        return speech.sentence_case(re.sub(r"([?!])\.", r"\1", said))

    def __getitem__(self, name: str) -> str:
        if name in ("pamt", "pnum"):
            return self.fixed[{"full": "amt", "parts": "partm", "low": "lowm", "disc": "discm"}[self.plan]]
        if name == "joven":
            return str(
                self.rng.choice(self.case.place["calls_her" if self.case.agent_sex == "f" else "calls_him"])
            )
        words: dict[str, list[str]] = self.case.place["words"]
        return str(self.rng.choice(words[name])) if name in words else self.fixed[name]

    def _people(self) -> dict[str, str]:
        case, woman, she = self.case, self.case.sex == "f", self.case.agent_sex == "f"
        sir = "señora" if woman else "señor"
        relatives = ["hermana", "mamá", "hijo", "prima", "suegra", "esposo" if woman else "esposa"]
        return {
            "A": case.agent,
            "Af": case.agent.split()[0],
            "apellido": case.agent.split()[-1],
            "C": case.company,
            "acr": case.creditor,
            "D": f"{case.given} {case.family[0]}",
            "Df": case.given,
            "Ds": case.family[0],
            "trato": case.address,
            "sr": sir,
            "el_sr": f"la {sir}" if woman else f"el {sir}",
            "al_sr": f"a la {sir}" if woman else f"al {sir}",
            "don": "doña" if woman else "don",
            "el_ella": "ella" if woman else "él",
            "lo": "la" if woman else ("le" if case.country == "ES" else "lo"),
            "d_o": "a" if woman else "o",
            "d_a": "a" if woman else "",
            "a_o": "a" if she else "o",
            "un_lambon": "una lambona" if she else "un lambón",
            "pariente": self.rng.choice(relatives),
        }

    def _money(self) -> dict[str, str]:
        case, place = self.case, self.case.place
        step = place["step"]

        def share(of: float) -> float:
            return float(max(step, round(case.amount * of / step) * step))

        half, low = share(0.5), share(0.25)
        cut = share(0.86)
        values = {
            "": case.amount,
            "part": half,
            "rest": round(case.amount - half, 2),
            "low": low,
            "disc": cut,
            "rest_disc": round(case.amount - cut, 2),
            "cargo": share(0.05),
        }
        said: dict[str, str] = {}
        for name, value in values.items():
            plain = speech.number(value, case.style, place["mark"])
            full = speech.money(value, case.style, place["mark"], place["unit"])
            said |= {name: plain, f"{name}m": full} if name else {"num": plain, "amt": full}
        return said | {"cargo": said["cargom"], "rest_disc": said["rest_discm"]}

    def _dates(self) -> dict[str, str]:
        case, today = self.case, self.case.at.date()
        due = today - timedelta(days=case.days_late)
        when = self._working(today + timedelta(days=self.rng.choice([1, 1, 2, 3, 4, 5, 6, 8])))
        later = self._working(when + timedelta(days=self.rng.choice([13, 14, 15])))
        after = self._working(when + timedelta(days=1))
        back = self._working(today + timedelta(days=self.rng.choice([1, 1, 1, 2, 3])))
        hour = self.rng.choice([9, 10, 11, 12, 15, 16, 17, 18])
        at = "a las " + _clock(hour, case.style)
        month = f" de {speech.MONTHS[due.month - 1]}"
        return {
            "due": f"el {speech.day(due, case.style)}{month}",
            "days": speech.number(case.days_late, case.style, "."),
            "when": speech.short_date(when, today, case.style),
            "whenf": speech.full_date(when, today, case.style),
            "when2": speech.short_date(later, today, case.style),
            "when2f": speech.full_date(later, today, case.style),
            "fu": f"el {speech.WEEKDAYS[after.weekday()]} {speech.day(after, case.style)}",
            "paid": f"el {speech.WEEKDAYS[(today - timedelta(days=self.rng.randint(2, 6))).weekday()]}",
            "cb": f"{speech.short_date(back, today, case.style)} {at}",
        }

    def _working(self, on: date) -> date:
        while on.weekday() > 4 or on.isoformat() in self.case.place["holidays"]:
            on += timedelta(days=1)
        return on

    def _others(self) -> dict[str, str]:
        case, rng = self.case, self.rng
        hour = case.at.hour
        noon = 14 if case.country == "ES" else 12
        part = "día" if hour < noon else "tarde" if hour < 19 or case.country in ("ES", "CL") else "noche"
        hello = {"día": "buenos días", "tarde": "buenas tardes", "noche": "buenas noches"}[part]
        asked, answer = rng.choice(case.place["data"])
        good = "buen día" if part == "día" else f"buena {part}"
        folio = str(rng.randint(2001, 9899))
        return {
            "hola": hello.capitalize(),
            "hola_l": hello,
            "bye": rng.choice(
                [f"Que tenga {good}", f"Que tenga {good}", "Que le vaya muy bien", "Que esté bien"]
            ),
            "dato": asked,
            "resp": _datum(answer, rng, case.style),
            "resp4": str(rng.randint(1002, 9899)),
            "folio": folio,
            "plazo": speech.number(rng.choice([5, 8, 10, 15]), case.style, "."),
            "cosa": str(case.portfolio["cosa"]),
            "corta": str(case.portfolio["corta"]),
            "dinero": "dinero",
            "chan": "",
            "chan2": "",
        } | dict(zip(("chan", "chan2"), rng.sample(case.place["channels"], 2), strict=True))


def _clock(hour: int, style: speech.Style) -> str:
    said = speech.number(hour if hour < 13 else hour - 12, style, ".")
    return f"{said} de la tarde" if hour > 12 else said


def _datum(kind: str, rng: Random, style: speech.Style) -> str:
    """What answers the question that makes sure of who is speaking."""
    if kind.startswith("DIGITS"):
        digits = [rng.randint(0, 9) for _ in range(int(kind[-1]))]
        if style == "words":
            return ", ".join(speech.in_words(digit) for digit in digits)
        return " ".join(str(digit) for digit in digits)
    if kind == "LETTER":
        return rng.choice(["La uve", "Ese, de Soria", "La jota", "La be de Burgos", "Equis", "La hache"])
    if kind == "COMUNA":
        return rng.choice(["Maipú", "Quilpué", "San Pedro de la Paz", "Puente Alto", "Coronel", "La Serena"])
    month = rng.choice(speech.MONTHS)
    year = speech.number(rng.randint(56, 99), style, ".")
    born = f"{month} del {year}"
    return born if kind == "MONTHYEAR" else f"{speech.number(rng.randint(2, 28), style, '.')} de {born}"


def _swapped(text: str, swaps: dict[str, str]) -> str:
    """Whole words and phrases for others, the longest first."""
    both = swaps | {one[:1].upper() + one[1:]: other[:1].upper() + other[1:] for one, other in swaps.items()}
    for one, other in sorted(both.items(), key=lambda swap: -len(swap[0])):
        text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", other, text)
    return text
