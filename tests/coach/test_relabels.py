"""What reviewers corrected in the objections leaves as training text that `coach train --relabels` reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach import audit, drafting, reviews
from coach.cli import app
from coach.cli_train import _redacted_only
from coach.exporters.relabels import relabels_jsonl
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError, Relabel, Review
from coach.viewers import HOUSE, Viewer
from nlp.learn.examples import Example
from tests.coach.review_people import NOW, keep_call, person
from tests.coach.spoken import add_review
from tests.coach.test_drafts import opened
from tests.dialogue import found

WHO, TALK = (
    "Wilmer Chávez",
    """
    A: Buenos días, le saluda Rosa Quispe, de Caja Los Sauces. ¿El señor Wilmer Chávez?
    D: Sí, con él. Mi DNI es 45871236, para qué me llama.
    A: Señor Chávez, debe doscientos cuarenta soles.
    D: Mi celular es 987654321, soy Wilmer Chávez y no tengo dinero ahora.
    A: ¿Cuándo paga?
    D: Llámeme otro día.
""",
)


def corrected(
    store: Store, settings: Settings, *said: Relabel, name: str = "987654321", **given: object
) -> None:
    keep_call(store, settings, name, lines=TALK, debtor_name=WHO, **given)
    add_review(store, Review(name, "Ana", NOW, (), said))


def lines(store: Store, which: CallFilter | None = None, viewer: Viewer = HOUSE) -> list[Example]:
    made, count = relabels_jsonl(store, viewer, which or CallFilter())
    read = [Example.model_validate_json(line) for line in made.decode().splitlines()]
    assert len(read) == count
    return read


def test_a_turn_that_was_corrected_leaves_with_the_one_before_it_redacted(
    store: Store, settings: Settings
) -> None:
    corrected(store, settings, Relabel(3, None, "no_money"))
    (one,) = lines(store)
    assert (one.id, one.author, one.split, one.country, one.kind) == (
        "revision-00001", "revisión", "train", "PE", "turn",
    )  # fmt: skip
    before, turn = one.turns
    assert (before.context, before.labels, turn.context, turn.speaker) == (True, (), False, "debtor")
    assert re.fullmatch(r"Mi celular es \[\w+\], soy \[nombre\] y no tengo dinero ahora\.", turn.text)
    (label,) = turn.labels
    assert (label.id, label.start, label.end) == ("no_money", 0, len(turn.text))
    told = one.model_dump_json()
    for secret in ("987654321", "45871236", "Wilmer", "Chávez"):
        assert secret not in told


def test_what_the_machine_found_there_and_nobody_struck_out_keeps_its_words(
    store: Store, settings: Settings
) -> None:
    corrected(store, settings, Relabel(3, "refusal", None), Relabel(5, "no_money", None))
    call = store.call("987654321")
    heard = found(call.transcript, "no_money@3: no tengo dinero", "refusal@3: Wilmer", "no_money@5: otro día")
    store.save(type(call)(call.transcript, heard, call.scorecard), "nlp-2")
    first, second = lines(store)
    (label,) = first.turns[1].labels
    assert first.turns[1].text[label.start : label.end] == "no tengo dinero"
    assert second.turns[1].labels == ()  # a turn that has none teaches as well


def test_only_what_somebody_corrected_on_a_call_of_people_leaves(store: Store, settings: Settings) -> None:
    corrected(store, settings)
    keep_call(store, settings, "pe-02")
    others = Relabel(0, None, "no_money"), Relabel(40, None, "no_money"), Relabel(3, None, "of_before")
    corrected(store, settings, *others, name="pe-03")
    assert lines(store) == []
    corrected(store, settings, Relabel(3, None, "no_money"), name="demo-1", demo=True)
    assert lines(store) == []  # the machine is measured on those
    corrected(store, settings, Relabel(1, None, "no_money"), name="pe-04")
    assert len(lines(store)) == 1
    assert lines(store, CallFilter(countries=("MX",))) == []


def test_who_may_not_export_gets_nothing_and_the_log_says_who_did(store: Store, settings: Settings) -> None:
    corrected(store, settings, Relabel(3, None, "no_money"))
    with pytest.raises(CoachError):
        relabels_jsonl(store, person(store, "luis", "agent"), CallFilter())
    lines(store)
    (entry,) = audit.entries(store, HOUSE, action="export").rows
    assert (entry.subject, entry.detail["rows"]) == ("export:relabels", 1)


def test_what_tells_of_health_leaves_for_who_may_be_told_alone(store: Store, settings: Settings) -> None:
    corrected(store, settings, Relabel(3, None, "health_emergency"), Relabel(5, None, "no_money"))
    assert [one.turns[1].labels[0].id for one in lines(store)] == ["health_emergency", "no_money"]
    assert len(lines(store, viewer=person(store, "eva", "trainer"))) == 1


def test_the_file_that_the_terminal_writes_is_one_that_training_reads(
    store: Store, settings: Settings, ana: Viewer, tmp_path: Path
) -> None:
    environment = {"COACH_DATA_DIR": str(settings.data_dir), "COACH_CONFIG": ""}
    out = tmp_path / "correcciones.jsonl"
    asked = ["export", "--relabels", "--out", str(out)]
    keep_call(store, settings, debtor_name=WHO)
    done = CliRunner().invoke(app, asked, env=environment)
    assert (done.exit_code, out.exists()) == (2, False)
    assert "Nadie ha corregido objeciones en esas llamadas." in done.output
    opened(store, settings, ana)
    drafting.relabel(store, ana, "pe-01", 3, None, "no_money", now=NOW)
    reviews.finish(store, settings, ana, "pe-01", now=NOW)
    done = CliRunner().invoke(app, asked, env=environment)
    assert (done.exit_code, done.stdout.partition(".")[0]) == (
        0,
        f"1 turno corregido en {str(out).partition('.')[0]}",
    )
    (one,) = _redacted_only(out)
    assert [label.id for label in one.turns[-1].labels] == ["no_money"]
    for wrong in (["--with-names"], ["--english"]):
        assert CliRunner().invoke(app, [*asked, *wrong], env=environment).exit_code == 2
    done = CliRunner().invoke(app, ["export", "--relabels", "-o", str(tmp_path / "x.csv")], env=environment)
    assert done.exit_code == 2
