"""Comments: whose they are, and who reads them."""

from __future__ import annotations

import pytest

from coach import comments, notices, releases
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.remarks import remark
from tests.coach.review_people import keep_call, new_team, person


@pytest.fixture
def ana(store: Store, settings: Settings) -> Viewer:
    keep_call(store, settings)
    return person(store, "ana", "analyst")


def texts(store: Store, viewer: Viewer) -> list[str]:
    return [row.text for row in comments.of_call(store, viewer, "pe-01")]


def test_comments_of_the_call_come_before_those_of_its_turns(store: Store, ana: Viewer) -> None:
    remark(store, ana, "pe-01", "del 4", turn=4)
    remark(store, ana, "pe-01", "del 1", turn=1)
    remark(store, ana, "pe-01", "  de la llamada ")
    assert texts(store, ana) == ["de la llamada", "del 1", "del 4"]


def test_the_agent_reads_what_is_meant_for_them_once_it_is_released(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte"))
    remark(store, ana, "pe-01", "Ojo aquí.", for_agent=True)
    remark(store, ana, "pe-01", "Ver con su jefa.")
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        texts(store, rosa)
    releases.release(store, settings, HOUSE, "pe-01")
    assert texts(store, rosa) == ["Ojo aquí."]
    assert not comments.of_call(store, rosa, "pe-01")[0].own


def test_a_comment_that_comes_after_the_agent_read_the_call_is_told_to_them(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte"))

    def told() -> list[tuple[str, str | None]]:
        return [(one.kind, one.recording_id) for one in notices.waiting(store, settings, rosa)]

    remark(store, ana, "pe-01", "Ojo aquí.", for_agent=True)
    releases.release(store, settings, HOUSE, "pe-01")
    assert told() == [("to_acknowledge", None)]  # it stands on the call that they have not read
    releases.acknowledge(store, rosa, "pe-01")
    hidden = remark(store, ana, "pe-01", "Ver con su jefa.")
    assert told() == []
    comments.edit(store, ana, hidden, "Bien cerrado.", for_agent=True)
    later = remark(store, ana, "pe-01", "Y bien preguntado.", for_agent=True)
    assert told() == [("commented", "pe-01")]  # once until it is read
    comments.edit(store, ana, later, "Y muy bien preguntado.")
    comments.delete(store, ana, hidden)
    assert told() == [("commented", "pe-01")]
    comments.edit(store, ana, later, "Ver con su jefa.", for_agent=False)
    assert told() == []  # nothing is there to read
    comments.edit(store, ana, later, "Bien preguntado.", for_agent=True)
    (news,) = notices.waiting(store, settings, rosa)
    notices.mark_read(store, rosa, news)
    assert told() == []


def test_a_lead_of_another_team_reads_nothing(store: Store, ana: Viewer) -> None:
    norte, sur = new_team(store, "Norte"), new_team(store, "Sur")
    person(store, "rosa", "agent", team=norte)
    remark(store, ana, "pe-01", "Ver con su jefa.")
    assert texts(store, person(store, "eva", "lead", team=norte, leads=True)) == ["Ver con su jefa."]
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        texts(store, person(store, "leo", "lead", team=sur, leads=True))


def test_only_the_author_changes_a_comment(store: Store, ana: Viewer) -> None:
    said = remark(store, ana, "pe-01", "Uno.")
    luz = person(store, "luz", "analyst")
    for act in (lambda: comments.edit(store, luz, said, "x"), lambda: comments.delete(store, luz, said)):
        with pytest.raises(CoachError, match="no es suyo"):
            act()
    comments.edit(store, ana, said, "Dos.", for_agent=True)
    (row,) = comments.of_call(store, ana, "pe-01")
    assert (row.text, row.for_agent, row.own) == ("Dos.", True, True)
    comments.delete(store, ana, said)
    assert texts(store, ana) == []
    with pytest.raises(CoachError, match="ya no está"):
        comments.edit(store, ana, said, "Tres.")


def test_what_is_no_comment_is_refused(store: Store, ana: Viewer) -> None:
    said = remark(store, ana, "pe-01", "Uno.")
    with pytest.raises(CoachError, match="Escriba el comentario"):
        comments.edit(store, ana, said, "  ")
    with pytest.raises(CoachError, match="no tiene permiso"):
        comments.edit(store, person(store, "leo", "lead"), said, "x")
