"""A team's week on a page and on paper: what it says, what it keeps to itself, whose it is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from coach import audit, calibration, releases, reviews, weekly
from coach.cli import app
from coach.exporters import figures, of_week
from coach.exporters.of_week import Kind
from coach.kappa import Share
from coach.periods import Period
from coach.settings import Settings
from coach.store import Store
from coach.teams import team_named
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from coach.written import Language
from tests.coach.people import somebody
from tests.coach.review_people import judged_call, keep_call
from tests.coach.test_api import met
from tests.coach.test_drafts import drawn
from tests.dialogue import found

WEEK = Period(date(2026, 9, 14), date(2026, 9, 20))
HOSTILE = "<script>alert(1)</script>"


def monday(n: int = 0) -> datetime:
    return datetime(2026, 9, 14, 10, tzinfo=UTC) + timedelta(hours=n)


@pytest.fixture
def norte(store: Store, settings: Settings) -> Store:
    """Twelve calls of Rosa's in the week, without empathy; one given to her, with words and a telephone."""
    somebody(store, "agent", "rosa", name=HOSTILE, holds=("rosa",), team="Norte")
    somebody(store, "agent", "luis", name="Luis Sur", holds=("luis",), team="Sur")
    for n in range(11):
        keep_call(store, settings, f"n-{n}", call_started_at=monday(n), agent=HOSTILE)
    keep_said(store, settings, "n-said")
    keep_call(store, settings, "s-1", agent="Luis Sur", agent_login="luis", failed=("no_threats",))
    releases.release(store, settings, HOUSE, "n-said")
    return store


def keep_said(store: Store, settings: Settings, recording_id: str, *labels: str) -> None:
    lines = "A[0-4]: Señor Wilmer, pague ya y deje de quejarse, o llamo al 987 654 321.\nD[4-6]: No puedo."
    call = judged_call(settings, recording_id, lines=lines, agent=HOSTILE, debtor_name="Wilmer Chávez")
    quote = call.transcript.quote(0, 0, len(call.transcript.turns[0].text))
    verdicts = dict(call.scorecard.verdicts)
    verdicts["empathy"] = replace(verdicts["empathy"], evidence=(quote,))
    card = replace(call.scorecard, verdicts=verdicts)
    call = replace(call, scorecard=card, findings=found(call.transcript, *labels))
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")


def made(store: Store, settings: Settings, kind: Kind, language: Language = "es") -> str:
    team = team_named(store, HOUSE, "Norte")
    report = of_week.report(store, settings, HOUSE, team, WEEK, kind, language)
    if kind == "html":
        return report.decode()
    pages = PdfReader(io.BytesIO(report)).pages
    assert len(pages) <= 2
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_it_says_what_the_week_was(norte: Store, settings: Settings, kind: Kind) -> None:
    said = made(norte, settings, kind)
    for words in (
        "Semana del equipo Norte", "2026-W38", "lun 14 sep 2026", "12 llamadas", "Conviene trabajar primero",
        "Frente a la semana anterior no hay cambios claros.", "Casos críticos que esperan", "Ninguno.",
        "Todavía sin revisión",
    ):  # fmt: skip
        assert words in said, words
    assert "0 % de 12 llamadas (0–24 %)" in said
    assert "Luis" not in said


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_the_quote_is_from_a_released_call_and_names_nobody(
    norte: Store, settings: Settings, kind: Kind
) -> None:
    said = made(norte, settings, kind)
    assert "pague ya y deje de quejarse" in said
    assert "n-said" in said
    for private in ("Wilmer", "987 654 321"):
        assert private not in said


def test_without_a_release_there_is_no_quote(norte: Store, settings: Settings) -> None:
    releases.withdraw(norte, HOUSE, "n-said")
    assert "quejarse" not in made(norte, settings, "html")


def test_no_quote_comes_from_a_call_that_tells_of_an_illness(norte: Store, settings: Settings) -> None:
    releases.withdraw(norte, HOUSE, "n-said")
    keep_said(norte, settings, "n-ill", "health_emergency@1", "no_money@1")
    releases.release(norte, settings, HOUSE, "n-ill")
    met(norte)
    said = made(norte, settings, "html")
    assert "quejarse" not in said
    assert "Falta de dinero" in said
    assert "Enfermedad" not in said  # one call: it would point at somebody


def test_illness_is_told_of_a_team_and_of_no_two_people_in_it(
    store: Store, settings: Settings, keep: Callable[..., Call]
) -> None:
    for login in ("rosa", "luis", "paco"):
        somebody(store, "agent", login, holds=(login,), team="Norte")
    its = team_named(store, HOUSE, "Norte")
    for n in range(6):
        keep(f"h-{n}", "health_emergency@1", agent_login=("rosa", "luis")[n % 2], call_started_at=monday(n))
    met(store)
    assert weekly.week(store, settings, HOUSE, its, WEEK).met == ()
    keep("h-paco", agent_login="paco", call_started_at=monday())
    (told,) = weekly.week(store, settings, HOUSE, its, WEEK).met
    assert (told.objection, told.calls.hits) == ("health_emergency", 6)


def test_in_english_where_asked(norte: Store, settings: Settings) -> None:
    said = made(norte, settings, "pdf", "en")
    for words in ("The week of team Norte", "What to coach first", "No review yet", "page 1 of"):
        assert words in said
    assert "Conviene" not in said


def test_the_page_stands_alone_and_runs_nothing(norte: Store, settings: Settings) -> None:
    page = made(norte, settings, "html")
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"<script|<link|<img|src=|url\(|@import|\son\w+=", page)
    assert "<svg" in page
    assert "default-src 'none'" in page


def test_what_changed_clearly_is_told(norte: Store, settings: Settings) -> None:
    for n in range(12):
        keep_call(norte, settings, f"b-{n}", failed=("firm",), call_started_at=monday(n) - timedelta(days=7))
    said = made(norte, settings, "pdf")
    assert "de 100 % a 0 % (12 y 12 llamadas)" in said
    assert "Baja Empatía" in said


def test_what_is_critical_waits_by_name_of_nobody(norte: Store, settings: Settings) -> None:
    keep_call(norte, settings, "n-crit", failed=("no_threats",), call_started_at=monday(20))
    assert "con una falta crítica por confirmar: 1." in made(norte, settings, "html")


def test_an_empty_week_says_so(norte: Store, settings: Settings) -> None:
    team = team_named(norte, HOUSE, "Norte")
    quiet = weekly.days_of("2026-W02")
    page = of_week.report(norte, settings, HOUSE, team, quiet, "html").decode()
    assert "Esta semana el equipo no tiene llamadas evaluadas." in page


def test_a_lead_takes_the_own_team_only_and_the_log_knows(norte: Store, settings: Settings) -> None:
    lead = somebody(norte, "lead", "jefa", leads="Norte")
    with pytest.raises(CoachError, match="a su alcance"):
        team_named(norte, lead, "Sur")
    other = team_named(norte, HOUSE, "Sur")
    with pytest.raises(CoachError, match="no es suyo"):
        of_week.report(norte, settings, lead, other, WEEK, "pdf")
    with pytest.raises(CoachError, match="permiso"):
        of_week.report(norte, settings, somebody(norte, "agent", "rosa"), other, WEEK, "pdf")
    of_week.report(norte, settings, lead, team_named(norte, lead, "norte"), WEEK, "pdf")
    (entry, *_) = audit.entries(norte, HOUSE, login="jefa", action="export").rows
    assert (entry.subject, entry.detail) == ("team:Sede/Norte", {"week": "2026-W38", "format": "pdf"})


@pytest.mark.parametrize("written", ["2026-W54", "2026-47", "ayer", "2026-W1", "٢٠٢٦-W01"])
def test_a_week_that_is_none_says_how_it_is_written(written: str) -> None:
    with pytest.raises(CoachError, match="2026-W47"):
        weekly.days_of(written)


def test_weeks_as_people_write_them() -> None:
    assert weekly.days_of("2026-w38") == WEEK
    assert weekly.days_of("", today=date(2026, 9, 23)) == WEEK
    assert weekly.named(Period(date(2025, 12, 29), date(2026, 1, 4))) == "2026-W01"


def test_from_the_terminal(norte: Store, settings: Settings, tmp_path: Path) -> None:
    environment = {"COACH_DATA_DIR": str(settings.data_dir), "COACH_CONFIG": ""}

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["report", *words], env=environment)
        return done.exit_code, done.output

    out = tmp_path / "semana.html"
    assert run("--team", "norte", "--week", "2026-W38", "-o", str(out))[0] == 0
    assert "Semana del equipo Norte" in out.read_text(encoding="utf-8")
    code, said = run("--team", "Este", "-o", str(out))
    assert (code, "«Norte», «Sur»" in said) == (2, True)
    assert run("--team", "norte", "-o", str(tmp_path / "x.doc"))[0] == 2
    assert run()[0] == 2
    assert run("--week", "2026-W38", "-o", str(tmp_path / "todos"))[0] == 0
    names = {path.name for path in (tmp_path / "todos").iterdir()}
    assert names == {f"{team}-2026-W38.{kind}" for team in ("norte", "sur") for kind in ("html", "pdf")}


@pytest.mark.parametrize("how", ["review", "calibration"])
def test_it_leaves_out_what_its_reader_is_to_judge_blind(norte: Store, settings: Settings, how: str) -> None:
    eva, luz = (somebody(norte, "analyst", login) for login in ("eva", "luz"))
    assert eva.user_id is not None
    assert luz.user_id is not None
    team = team_named(norte, HOUSE, "Norte")
    reviews.override(norte, settings, HOUSE, "n-said", "no_threats", "fail", "Amenaza.")
    whole = weekly.week(norte, settings, HOUSE, team, WEEK)
    if how == "review":
        drawn(norte, blind=True, recording_id="n-said")
    else:
        calibration.create(norte, luz, "Septiembre", ["n-said"], [eva.user_id, luz.user_id])
    seen = weekly.week(norte, settings, eva, team, WEEK)
    assert seen.now.calls == whole.now.calls - 1
    assert sum(one.points.n for one in seen.trend) == sum(one.points.n for one in whole.trend) - 1
    assert [one.said.recording_id for one in whole.lost if one.said] == ["n-said"]
    assert [one.said for one in seen.lost if one.said] == []
    assert (whole.open_cases, seen.open_cases) == (1, 0)
    lead = somebody(norte, "lead", "lola", leads="Norte")
    assert weekly.week(norte, settings, lead, team, WEEK).now.calls == whole.now.calls


@pytest.mark.parametrize("kind", ["html", "pdf"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "versiones distintas de una misma pauta"), ("en", "different versions of one form")],
)
def test_it_says_that_two_editions_stand_together(
    norte: Store, settings: Settings, kind: Kind, language: Language, words: str
) -> None:
    assert words not in made(norte, settings, kind, language)
    call = norte.call("n-1")
    card = replace(call.scorecard, rubric="cobranza@99+abc")
    norte.save(replace(call, scorecard=card), "nlp-1")
    told = made(norte, settings, kind, language)
    assert words in told
    assert "cobranza@99" in told


def test_half_a_percent_goes_up() -> None:
    assert [figures.share(Share(hits, n)) for hits, n in ((1, 8), (3, 8), (1, 3))] == ["13 %", "38 %", "33 %"]
