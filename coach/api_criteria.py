"""Which criteria calls can be filtered by: those of forms. How a country's rule came out is read in each
call; nothing in the lists holds it, so a filter by it would find nothing where there is something.
"""

from __future__ import annotations

from coach import letters
from coach.complaints import suggestion
from coach.pipeline import rubric_of
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from rubrics.loader import load_packs


def check(store: Store, settings: Settings, name: str) -> None:
    """CoachError where no call can be found by this id; "" asks for none."""
    if not name:
        return
    with store.reading() as connection:
        listed = letters.known(connection, "criterion").keys()
    if name in listed:
        return
    packs = load_packs(settings.own_packs) if settings.packs else {}
    if name in {rule.id for pack in packs.values() for rule in pack.rules}:
        raise CoachError(
            "criterion: «{criterion}» es una regla de un país, y por reglas no se filtra. Cómo salió se lee "
            "en cada llamada, en /api/v1/calls/ID.",
            criterion=name,
        )
    known = listed | {one.id for one in rubric_of(settings).criteria}
    if name not in known:
        raise CoachError(
            "criterion: ninguna pauta tiene un criterio «{criterion}»{maybe}.",
            criterion=name,
            maybe=suggestion(name, known),
        )
