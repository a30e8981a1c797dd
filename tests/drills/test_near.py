"""«La mejor de cuatro» is read to be answered: nothing but what is said tells the good answer apart."""

from __future__ import annotations

from collections import Counter
from string import Formatter

import pytest

from drills.choices import reasons, why_not
from drills.drill import OTHER, Attempt, Drill
from drills.faults import faults
from drills.formats import FORMATS
from drills.grade import Tools, grade
from drills.loader import load_lines, load_scenarios
from drills.near import kinds, near_misses
from nlp.text import plain
from rubrics.labels import OBJECTIONS
from rubrics.loader import load_packs, load_rubric
from rubrics.playbook import load_playbook
from rubrics.replies import faults as faults_of
from tests.drills.conftest import MONDAY

KNOWN = {"nombre": "señora Rosa", "monto": "3,000 pesos", "fecha": "viernes 14 de noviembre"}
SEEDS = range(4)
THIRD = {"hints", "pries"}  # what is missed with somebody else than the debtor
SHORTEST, LONGEST = 8, 40  # words


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


@pytest.fixture(scope="module")
def drills(tools: Tools) -> list[Drill]:
    """One exercise for each objection of each scenario, by several seeds."""
    return [
        FORMATS["choose_best"].build(
            case.model_copy(update={"objections": (label,)}), seed, MONDAY, tools.book, tools.playbook
        )
        for case in load_scenarios().values()
        for label in case.objections
        for seed in SEEDS
    ]


def good(drill: Drill) -> str:
    return next(one.text for one in drill.options if not one.fault)


def others(drill: Drill) -> list[str]:
    return [one.text for one in drill.options if one.fault]


@pytest.mark.parametrize("objection", sorted(OBJECTIONS))
def test_every_objection_has_near_misses_that_are_courteous_on_their_face(objection: str) -> None:
    missed = near_misses(objection)
    assert len(missed) >= 4
    assert set(missed) <= set(kinds())
    assert bool(THIRD & set(missed)) == (objection == OTHER)
    texts = [line for said in missed.values() for line in said]
    assert len(texts) >= 11
    assert len({line.say for line in texts}) == len(texts)
    for line in texts:
        assert {name for _, name, *_ in Formatter().parse(line.say) if name} <= set(KNOWN), line.say
        assert SHORTEST <= len(line.say.split()) <= LONGEST, line.say
        said = line.say.format(**KNOWN)
        if objection != OTHER:  # to tell somebody else is what is wrong there
            for country in line.countries or ("MX", "CO", "CL", "PE", "AR", "ES", "US"):
                assert not faults_of(said, load_packs().get(country)), said


def test_kinds_say_why_and_none_is_a_plain_fault() -> None:
    assert not set(kinds()) & set(faults())
    texts = [text.es for one in kinds().values() for text in (one.label, one.why, one.sounds)]
    texts += [text.es for name in ("right", "right_third") for text in reasons()[name]]
    assert len(set(texts)) == len(texts)


def test_the_good_answer_is_not_told_by_its_length_or_place(drills: list[Drill]) -> None:
    longer = Counter(sum(len(one) > len(good(drill)) for one in others(drill)) for drill in drills)
    places = Counter([one.fault for one in drill.options].index("") for drill in drills)
    reasoned = Counter([one.fault for one in drill.reasons].index("") for drill in drills)
    for drawn in (longer, places, reasoned):
        assert set(drawn) == {0, 1, 2, 3}
        assert max(drawn.values()) < 0.4 * len(drills), drawn


def test_the_good_answer_is_not_the_only_one_with_a_sign(drills: list[Drill]) -> None:
    signs = ("?", "14 de noviembre", "13 de noviembre", "entiendo", "gracias", "lamento")
    for sign in signs:
        told = [
            (sign in plain(good(drill)), sum(sign in plain(one) for one in others(drill))) for drill in drills
        ]
        alone = sum(has and not more for has, more in told) + sum(not has and more == 3 for has, more in told)
        assert alone <= 0.25 * len(drills), sign
    asks = [("?" in good(drill), [("?" in one) for one in others(drill)]) for drill in drills]
    assert all(any(more) if has else not all(more) for has, more in asks)


def test_three_kinds_stand_beside_it_and_each_tells_why_it_is_not_the_best(
    drills: list[Drill], tools: Tools
) -> None:
    for drill in drills[:: len(SEEDS)]:
        missed = {one.fault for one in drill.options if one.fault}
        assert len(missed) == 3
        assert {one.fault for one in drill.reasons if one.fault} == missed
        for at, one in enumerate(drill.options):
            if not one.fault:
                continue
            given = grade(drill, Attempt(choice=at, reason=0), tools)
            assert given.points == 0
            kind = kinds()[one.fault]
            assert given.marks[0].rule() == f"{kind.label.es}. {kind.why.es}"
            assert given.marks[0].rule("en") == why_not(one.fault).en == f"{kind.label.en}. {kind.why.en}"
