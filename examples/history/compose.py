"""One composed call: a case (who, what, when), then scene after scene from the pools, said by these people.

A scene is text: an optional line of tags in brackets, then turns «A: …» (agent), «D: …» (debtor) and
«O: …» (another). «A<:» talks over the turn before; «A+15:» comes after 15 s of silence.
Tags: MX or -MX (country), f or m (the debtor's sex), #moto (kind of product),
anything else a style of agent or a plan of payment.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from .people import Case, Slots

SPEAKERS = {"A": "agent", "D": "debtor", "O": "other"}
PLANS = frozenset({"full", "parts", "low", "disc", "none"})
_TURN = re.compile(r"^([ADO])(<|\+\d+)?: (.*)$")


@dataclass(frozen=True, slots=True)
class Scene:
    tags: frozenset[str]
    text: str


def load_pools(folder: Path) -> dict[str, Any]:
    """Every pool by name: scenes as `Scene`, the cast as it is written."""
    yaml = YAML(typ="safe")
    pools: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, part in yaml.load(path).items():
            key = name if path.stem != "says" else f"says:{name}"
            pools[key] = part if path.stem == "cast" else _scenes(part)
    return pools


def _scenes(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _scenes(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_scenes(one) for one in part]
    tagged = re.match(r"^\[([^\]]+)\]\s*", part)
    if not tagged:
        return Scene(frozenset(), part.strip())
    return Scene(frozenset(tagged[1].split()), part[tagged.end() :].strip())


@dataclass
class Composer:
    """Writes calls; remembers what was used, so that the least heard scene comes next."""

    pools: dict[str, Any]
    rng: Random
    used: Counter[str] = field(default_factory=Counter)

    def call(self, case: Case) -> tuple[list[dict[str, Any]], str]:
        """The turns of `case` and how it ended."""
        script = _Script(self, case)
        return script.turns, script.play()

    def pick(self, options: list[Scene], case: Case, styled: bool = True, plan: str = "") -> Scene:
        """The least used scene that fits; an agent's own style first, where there is one."""
        fitting = [one for one in options if _fits(one, case) and (not plan or plan in one.tags)]
        own = [one for one in fitting if one.tags & set(case.styles)]
        if styled and own and self.rng.random() < 0.6:
            fitting = own
        local = [one for one in fitting if case.country in one.tags]
        if local and self.rng.random() < 0.45:
            fitting = local
        fewest = min(self.used[one.text] for one in fitting)
        scene = self.rng.choice([one for one in fitting if self.used[one.text] == fewest])
        self.used[scene.text] += 1
        return scene


def _fits(scene: Scene, case: Case) -> bool:
    countries = {tag for tag in scene.tags if re.fullmatch(r"[A-Z]{2}", tag)}
    kinds = {tag for tag in scene.tags if tag.startswith("#")}
    sexes = scene.tags & {"f", "m"}
    styles = {tag for tag in scene.tags if re.fullmatch(r"[a-z]{3,}", tag)} - PLANS
    return (
        (not countries or case.country in countries)
        and f"-{case.country}" not in scene.tags
        and (not kinds or f"#{case.kind}" in kinds)
        and (not sexes or case.sex in sexes)
        and (not styles or bool(styles & set(case.styles)))
    )


class _Script:
    """The scenes of one call, in order; `turns` grows as they are played."""

    def __init__(self, composer: Composer, case: Case) -> None:
        self.c, self.case, self.rng = composer, case, composer.rng
        self.slots = Slots(case, composer.rng)
        self.turns: list[dict[str, Any]] = []
        self.plan = case.plan
        self.ceiling = 1.0  # nobody is charming after a threat
        self.mood = composer.rng.gauss(case.skill, 0.10) - (0.3 if composer.rng.random() < 0.05 else 0.0)

    def tier(self) -> str:
        """How good this scene is: by the agent's skill, the day and a little chance."""
        level = min(self.rng.gauss(self.mood, 0.09), self.ceiling)
        return "good" if level > 0.62 else "average" if level > 0.38 else "poor"

    def play(self) -> str:
        plot = self.case.plot
        if plot in ("third", "wrong", "voicemail"):
            self.scene(plot, self.tier())
            return {"third": "tercero", "wrong": "equivocado", "voicemail": "buzon"}[plot]
        self.scene("opening", self.tier())
        if plot in ("call_later", "distrust"):
            self.unanswer()
        else:
            told = self.c.pools["debt"][self.tier()]
            if plot == "wrong_amount":  # nobody disputes what was not said
                told = [one for one in told if "{amt}" in one.text]
            debt = self.c.pick(told, self.case)
            self.say("agent", debt.text)
        if plot == "promise":
            return self.promise()
        reply = self.objection(self.case.objections[0])
        return self.end(plot, reply)

    def unanswer(self) -> None:
        """Back to the agent's last question: what comes next is said instead of the answer."""
        while len(self.turns) > 1 and not (
            self.turns[-1]["speaker"] == "agent"
            and re.search(r"\?|\b(confirma|me da|hablo)\b", self.turns[-1]["text"])
        ):
            self.turns.pop()

    def promise(self) -> str:
        first, *more = self.case.objections or ("",)
        if first:
            self.objection(first)
        else:
            self.say("debtor", self.c.pick(self.c.pools["yes"], self.case).text)
        for other in more:
            self.say("agent", self.c.pick(self.c.pools["ask"][self.tier()], self.case).text)
            self.objection(other)
        tier, plan = self.tier(), self.plan
        if tier == "poor" and plan != "disc":
            scene = self.c.pick(self.c.pools["offer"][tier], self.case)
            plan = next(iter(scene.tags & PLANS))
        else:
            tier = "average" if tier == "poor" else tier
            scene = self.c.pick(self.c.pools["offer"][tier], self.case, plan=plan)
        self.slots.plan = plan
        self.act(scene)
        if plan == "none":
            self.goodbye()
            return "sin_acuerdo"
        self.scene("read_back", self.tier(), plan=plan)
        self.scene("close", self.tier())
        return "promesa"

    def objection(self, label: str) -> str:
        """The debtor's words, the agent's answer; gives back how good the answer was."""
        says = self.c.pick(self.c.pools[f"says:{label}"], self.case, styled=False)
        words, _, met_with = says.text.partition(" => ")
        self.slots.ack = met_with
        self.slots.avoid(words)
        self.say("debtor", words)
        tier = self.tier()
        scene = self.c.pick(self.c.pools[label][tier], self.case)
        self.plan = self.heard(label, scene.text) if tier != "poor" else self.plan
        self.act(scene)
        return tier

    def heard(self, label: str, text: str) -> str:
        """The plan that fits what was just said of means."""
        if label == "asks_discount" or self.plan == "disc":
            return "disc"
        if "{low}" in text:
            return "low"
        return "parts" if re.search(r"\{part\}|[Uu]na parte|[Ll]a mitad|No todo", text) else self.plan

    def end(self, plot: str, reply: str) -> str:
        hung_up = plot == "hostile" or (reply == "poor" and self.rng.random() < 0.35)
        if not hung_up and not (plot == "call_later" and self.turns[-1]["speaker"] == "agent"):
            self.goodbye()
        if plot == "hostile":
            return "cortada"
        endings = {
            "already_paid": "pago_hecho",
            "refusal": "negativa",
            "legal_threat": "disputa",
            "health_emergency": "caso_especial",
            "not_my_debt": "disputa",
            "wrong_amount": "disputa",
            "bad_service": "disputa",
        }
        dated = reply != "poor"
        return endings.get(plot, "llamar_despues" if dated else "sin_acuerdo")

    def goodbye(self) -> None:
        if self.turns[-1]["speaker"] == "agent":
            return
        self.scene("goodbye", self.tier())

    def scene(self, pool: str, tier: str, plan: str = "") -> None:
        self.act(self.c.pick(self.c.pools[pool][tier], self.case, plan=plan))

    def act(self, scene: Scene) -> None:
        self.ceiling = (
            0.3 if "rude" in scene.tags else min(self.ceiling, 0.5 if "pushy" in scene.tags else 1.0)
        )
        for row in scene.text.splitlines():
            found = _TURN.match(row.strip())
            if not found:
                raise ValueError(f"{row!r}: a turn begins with «A: », «D: » or «O: »")
            self.say(SPEAKERS[found[1]], found[3], found[2])

    def say(self, speaker: str, words: str, manner: str | None = None) -> None:
        turn: dict[str, Any] = {"speaker": speaker, "text": self.slots.fill(words, speaker)}
        if manner == "<":
            turn["gap_s"] = round(self.rng.uniform(-1.4, -0.4), 2)
        elif manner:
            turn["gap_s"] = float(manner[1:]) + round(self.rng.uniform(-3, 6), 1)
        self.turns.append(turn)
