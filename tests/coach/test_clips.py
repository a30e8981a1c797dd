"""Clips for class: what gives somebody away is silent, and nobody hears one that was not approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from coach import audit, calibration, clip_files, clip_recall, clips, versions
from coach.clip_cut import around, cut, joined
from coach.clip_judged import unjudged
from coach.schema import recordings, scorecards
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Override, Review
from coach.viewers import HOUSE, Role, Viewer
from nlp.types import Findings
from rubrics.types import Scorecard, Verdict
from tests.coach.people import somebody, token
from tests.dialogue import dialogue, found
from tests.views import seed
from tests.views.test_server import bare
from transcripts.audio import RATE, decoded
from transcripts.options import Limits
from transcripts.probe import probe

LINES = """
    A[0-4]: Buenas tardes, ¿hablo con la señora Lorena Bustos?
    D[4-8]: Sí, soy yo, mi teléfono es cincuenta y cinco, doce, treinta y cuatro, cincuenta y seis.
    A[8-12]: Le llamo de Crédito Alameda por su préstamo.
    D[12-16]: No tengo dinero, me quedé sin trabajo.
    A[16-20]: Siento lo de su trabajo. ¿Con cuánto puede comenzar?
    D{low_confidence}[20-24]: mmm Lorena
    A[24-28]: ¿Le parece si empieza con doscientos?
    D[28-30]: Bueno.
"""
CALL = "mx-recorte"


def call(lines: str = LINES, audio: Path | None = None, duration_s: float = 30.0) -> Call:
    transcript = dialogue(
        lines.replace("D{low_confidence}[20-24]", "D[20-24]{low_confidence}"), id=CALL, country="MX",
        debtor_name="Lorena Bustos", agent="Rubén Arce", agent_login="rarce", audio=audio,
        duration_s=duration_s, call_started_at=datetime(2026, 10, 1, 10, tzinfo=UTC),
    )  # fmt: skip
    return Call(transcript, Findings(), Scorecard(CALL, "cobranza@1+x", {}, 80.0, 80.0, 80.0))


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Call:
    sound = tmp_path / "voz.wav"
    seed.tone(sound, 30.0)
    one = call(audio=sound)
    store.add_recording(one.transcript.recording)
    store.save(one)
    return one


@pytest.fixture
def trainer(store: Store) -> Viewer:
    return somebody(store, "trainer")


Propose = Callable[..., int]


@pytest.fixture
def propose(store: Store, kept: Call) -> Propose:
    def put(viewer: Viewer, title: str = "Reconoce y pregunta") -> int:
        span = clips.suggested(store, viewer, CALL, 3)
        return clips.propose(store, viewer, CALL, "no_money", span, title, "Oigan el silencio.")

    return put


def loudness(path: Path, start_s: float, end_s: float) -> float:
    limits = Limits(min_duration_s=0.1)
    with decoded(path, probe(path, limits), limits) as audio:
        part = audio.samples(round(start_s * RATE), round(end_s * RATE)).astype(np.float64)
    return float(np.sqrt((part**2).mean()))


# what is cut and muted


def test_a_clip_goes_from_the_turn_before_to_the_replies() -> None:
    assert around(call().transcript, 3) == (8.0, 30.0)


def test_it_is_never_shorter_than_twenty_seconds_nor_longer_than_sixty() -> None:
    late = LINES.replace("[28-30]", "[28-90]")
    assert around(call(late, duration_s=90.0).transcript, 6) == (20.0, 40.0)
    start, end = around(call(late, duration_s=90.0).transcript, 7)
    assert 20 <= end - start <= 60


def test_a_short_call_and_one_without_times_are_refused() -> None:
    with pytest.raises(CoachError, match="menos de 20"):
        around(call(duration_s=15.0).transcript, 3)
    with pytest.raises(CoachError, match="no tiene tiempos"):
        around(dialogue("A: Buenas.\nD: No tengo dinero."), 1)
    with pytest.raises(CoachError, match="dura de 20 a 60"):
        cut(call(), 0.0, 10.0, "no_money")


def test_names_numbers_and_what_was_not_understood_are_silent() -> None:
    made = cut(call(), 0.0, 30.0, "no_money")
    assert made.muted == ((0.0, 8.0), (20.0, 24.0))  # without times of words the whole turn
    said = [line.text for line in made.said]
    assert "Lorena" not in " ".join(said)
    assert "treinta y cuatro" not in " ".join(said)
    assert "No tengo dinero, me quedé sin trabajo." in said
    assert len(said) == 7  # the doubtful turn is not told


def test_with_times_of_words_only_the_name_is_silent(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    made = cut(seed.threatening(settings), 0.0, 24.0, "no_money")
    ((start, end),) = [span for span in made.muted if span[0] < 4.0 and span[1] > 2.0][-1:]
    assert end - start < 1.5


def test_stretches_that_touch_are_one() -> None:
    assert joined([(3.0, 4.0), (0.0, 1.0), (0.5, 2.0)]) == ((0.0, 2.0), (3.0, 4.0))


# what is heard


def test_the_file_is_silent_where_it_must_be_and_sounds_elsewhere(
    store: Store, trainer: Viewer, propose: Propose
) -> None:
    path = clips.audio(store, trainer, propose(trainer))
    assert loudness(path, 12.2, 15.8) < 5  # 20-24 s of the call
    assert loudness(path, 1.0, 11.0) > 500
    assert path.suffix == ".mp3"
    assert clips.audio(store, trainer, 1) == path  # made once


def test_a_correction_before_the_approval_is_muted_too(
    store: Store, trainer: Viewer, propose: Propose, kept: Call
) -> None:
    number = propose(trainer)
    turns = list(kept.transcript.turns)
    turns[4] = replace(turns[4], text="Siento lo de su trabajo, señora Bustos.")
    store.save(replace(kept, transcript=replace(kept.transcript, turns=tuple(turns))))
    clips.approve(store, trainer, number)
    one = clips.clip(store, trainer, number)
    assert any(start <= 16.0 and end >= 20.0 for start, end in one.muted)
    assert "Bustos" not in " ".join(line.text for line in one.said)


ILL = LINES.replace(
    "A[24-28]: ¿Le parece", "D[24-26]: Me operaron y sigo en el hospital.\n    A[26-28]: ¿Le parece"
)


def ill(audio: Path | None = None) -> Call:
    one = call(ILL, audio)
    return replace(one, findings=found(one.transcript, "no_money@3", "health_emergency@6"))


def test_an_illness_is_silent_in_a_clip_that_is_not_about_it() -> None:
    made = cut(ill(), 8.0, 30.0, "no_money")
    assert any(start <= 24.0 and end >= 26.0 for start, end in made.muted)
    said = [line.text for line in made.said]
    assert "No tengo dinero, me quedé sin trabajo." in said
    assert "operaron" not in " ".join(said)
    about = cut(ill(), 8.0, 30.0, "health_emergency")
    assert all(end < 26.0 for _, end in about.muted)
    assert "Me operaron y sigo en el hospital." in [line.text for line in about.said]


def test_a_clip_in_which_only_the_illness_is_told_is_refused(
    store: Store, trainer: Viewer, tmp_path: Path
) -> None:
    sound = tmp_path / "voz.wav"
    seed.tone(sound, 30.0)
    lines = "A[0-4]: Buenas tardes.\nD[4-12]: Me operaron y no tengo dinero.\nA[12-30]: Lo siento."
    one = call(lines, sound)
    one = replace(one, findings=found(one.transcript, "no_money@1", "health_emergency@1"))
    store.add_recording(one.transcript.recording)
    store.save(one)
    with pytest.raises(CoachError, match="solo habla de su salud"):
        clips.propose(store, trainer, CALL, "no_money", (0.0, 30.0), "Escuchar")
    assert clips.propose(store, HOUSE, CALL, "health_emergency", (0.0, 30.0), "Escuchar")


def test_an_illness_found_after_the_approval_is_silent_from_then_on(
    store: Store, trainer: Viewer, tmp_path: Path
) -> None:
    sound = tmp_path / "voz.wav"
    seed.tone(sound, 30.0)
    plain = call(ILL, sound)
    store.add_recording(plain.transcript.recording)
    store.save(plain)
    number = clips.propose(store, trainer, CALL, "no_money", (8.0, 30.0), "Escuchar")
    clips.approve(store, trainer, number)
    assert loudness(clips.audio(store, trainer, number), 16.5, 17.5) > 500
    store.save(ill(sound))
    assert loudness(clips.audio(store, trainer, number), 16.5, 17.5) < 5
    (one,) = clips.listed(store, somebody(store, "agent"), "approved").rows
    assert "operaron" not in repr(one.said)


# what waits for a person


def failing(*, doubtful: bool = False) -> Scorecard:
    """A threat in the clip's stretch, or a doubtful verdict that is not critical."""
    kept_call = call()
    quote = kept_call.transcript.quote(6, 0, 10)
    name = "empathy" if doubtful else "no_threats"
    verdict = Verdict("fail", "x", (quote,), needs_review=doubtful)
    critical = () if doubtful else (name,)
    return replace(kept_call.scorecard, verdicts={name: verdict}, critical_failures=critical)


def said_by_a_person(name: str) -> Review:
    return Review(CALL, "Ana", datetime(2026, 10, 2, tzinfo=UTC), (Override(name, "fail", ""),))


@pytest.mark.parametrize("doubtful", [False, True])
def test_a_failure_that_nobody_has_judged_keeps_a_clip_from_class(
    store: Store, trainer: Viewer, propose: Propose, kept: Call, *, doubtful: bool
) -> None:
    store.save(replace(kept, scorecard=failing(doubtful=doubtful)))
    number = propose(trainer)
    (one,) = clips.listed(store, trainer, "proposed").rows
    (name,) = one.unjudged
    with pytest.raises(CoachError, match="ninguna persona ha juzgado"):
        clips.approve(store, trainer, number)
    assert clips.listed(store, somebody(store, "agent"), "approved").total == 0
    with store.writing() as connection:
        card = versions.current(connection, scorecards, CALL)
        assert card is not None
        versions.save_review(connection, said_by_a_person(name), card.id, None)
    clips.approve(store, trainer, number)
    assert clips.clip(store, trainer, number).unjudged == ()


@pytest.mark.parametrize("failed", [False, True])
def test_who_judges_the_call_blind_learns_nothing_by_approving(
    store: Store, settings: Settings, trainer: Viewer, propose: Propose, kept: Call, *, failed: bool
) -> None:
    store.save(replace(kept, scorecard=failing()) if failed else kept)
    number = propose(trainer)
    other = somebody(store, "analyst", "luz")
    assert trainer.user_id is not None
    assert other.user_id is not None
    calibration.create(store, other, "Octubre", [CALL], [trainer.user_id, other.user_id])
    with pytest.raises(CoachError, match="a ciegas"):
        clips.approve(store, trainer, number)
    one = clips.clip(store, trainer, number)
    assert (one.blind, one.unjudged) == (True, ())


def test_what_waits_elsewhere_in_the_call_is_not_in_the_clip() -> None:
    one = replace(call(), scorecard=failing())
    assert unjudged(one, 8.0, 30.0) == ("no_threats",)
    assert unjudged(one, 0.0, 24.0) == ()
    assert unjudged(replace(one, review=said_by_a_person("no_threats")), 8.0, 30.0) == ()


def test_the_log_says_who_proposed_what_was_approved(store: Store, trainer: Viewer, propose: Propose) -> None:
    clips.approve(store, trainer, propose(somebody(store, "analyst")))
    (entry,) = audit.entries(store, HOUSE, action="clip.approve").rows
    assert (entry.login, entry.detail["proposed_by"]) == (trainer.login, "Analyst")


# what is judged anew after the approval

NAMED = ("Siento lo de su trabajo.", "Siento lo de su trabajo, señora Bustos.")
OTHERS = ("Siento lo de su trabajo.", "Eso no me importa, señora.")


def heard_anew(kept: Call, was: str, now: str) -> Call:
    turns = tuple(replace(one, text=one.text.replace(was, now)) for one in kept.transcript.turns)
    return replace(kept, transcript=replace(kept.transcript, turns=turns))


@pytest.mark.parametrize(
    "anew",
    [
        lambda kept: replace(kept, scorecard=failing()),
        lambda kept: replace(kept, scorecard=failing(doubtful=True)),
        lambda kept: heard_anew(kept, *NAMED),
        lambda kept: heard_anew(kept, *OTHERS),
    ],
)
def test_an_approved_clip_waits_again_where_it_holds_what_nobody_confirmed(
    store: Store, trainer: Viewer, propose: Propose, kept: Call, anew: Callable[[Call], Call]
) -> None:
    agent, number = somebody(store, "agent"), propose(trainer)
    clips.approve(store, trainer, number)
    assert clips.listed(store, agent, "approved").total == 1
    store.save(anew(kept))
    with pytest.raises(CoachError, match="No hay ningún recorte"):
        clips.audio(store, agent, number)
    assert (clips.listed(store, agent, "approved").total, clips.counts(store, agent)) == (0, {})
    (one,) = clips.listed(store, trainer, "proposed").rows
    assert (one.recalled, one.approved_by, clips.recalled(store, trainer)) == (True, "", 1)
    assert clips.recalled(store, agent) == 0
    (entry,) = audit.entries(store, HOUSE, action="clip.recall").rows
    assert entry.detail == {"clip_id": number}


def test_it_stays_where_the_call_is_judged_anew_and_it_holds_the_same(
    store: Store, trainer: Viewer, propose: Propose, kept: Call
) -> None:
    number = propose(trainer)
    clips.approve(store, trainer, number)
    elsewhere = replace(kept.scorecard, points=40.0, points_low=40.0, points_high=40.0)
    store.save(replace(heard_anew(kept, "soy yo", "soy ella"), scorecard=elsewhere))
    assert clips.clip(store, somebody(store, "agent"), number).state == "approved"


def test_once_approved_again_it_is_heard(store: Store, trainer: Viewer, propose: Propose, kept: Call) -> None:
    number = propose(trainer)
    clips.approve(store, trainer, number)
    store.save(heard_anew(kept, *NAMED))
    clip_recall.recall(store)  # as the worker does
    clips.approve(store, trainer, number)
    one = clips.clip(store, somebody(store, "agent"), number)
    assert (one.state, one.recalled, clips.recalled(store, trainer)) == ("approved", False, 0)


def test_one_that_waits_again_is_shown_and_heard_as_it_would_be_approved(
    store: Store, trainer: Viewer, propose: Propose, kept: Call
) -> None:
    number = propose(trainer)
    clips.approve(store, trainer, number)
    before = clips.clip(store, trainer, number)
    store.save(heard_anew(kept, *NAMED))
    shown = clips.clip(store, trainer, number)
    assert shown.state == "proposed"
    assert (shown.muted, shown.said) != (before.muted, before.said)
    heard = clips.audio(store, trainer, number)
    with pytest.raises(CoachError, match="mientras usted oía"):
        clips.approve(store, trainer, number, shown=before)
    clips.approve(store, trainer, number, shown=shown)
    one = clips.clip(store, trainer, number)
    assert (one.muted, one.said) == (shown.muted, shown.said)
    assert clips.audio(store, trainer, number) == heard


def test_who_judges_the_call_blind_is_not_told_that_it_waits_again(
    store: Store, trainer: Viewer, propose: Propose, kept: Call
) -> None:
    number, other = propose(trainer), somebody(store, "analyst", "luz")
    clips.approve(store, trainer, number)
    store.save(replace(kept, scorecard=failing()))
    assert trainer.user_id is not None
    assert other.user_id is not None
    calibration.create(store, other, "Octubre", [CALL], [trainer.user_id, other.user_id])
    assert not clips.clip(store, trainer, number).recalled


# who hears


def test_an_agent_hears_approved_ones_only(
    store: Store, settings: Settings, trainer: Viewer, propose: Propose
) -> None:
    agent = somebody(store, "agent", "mtapia", holds=("mtapia",))
    number = propose(somebody(store, "analyst"))
    browser = TestClient(
        bare(settings, store), base_url="http://localhost", cookies={"temple": token(store, "mtapia")}
    )
    none = browser.get("/api/clip/999")
    before = browser.get(f"/api/clip/{number}")
    assert (before.status_code, before.content) == (none.status_code, none.content) == (404, none.content)
    assert clips.listed(store, agent, "approved").total == 0
    clips.approve(store, trainer, number)
    heard = browser.get(f"/api/clip/{number}")
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/mpeg")
    assert "private" in heard.headers["cache-control"]
    assert browser.get(f"/api/audio/{CALL}").status_code == 404  # the call itself stays out of reach
    (one,) = clips.listed(store, agent, "approved").rows
    assert (one.call, one.approved_by, one.made_by) == (False, "Trainer", "Analyst")
    assert clips.counts(store, agent) == {"no_money": 1}
    seen = audit.entries(store, HOUSE, action="hear").rows
    assert [(entry.login, entry.subject) for entry in seen] == [("mtapia", f"clip:{number}")]


def test_who_is_not_signed_in_hears_nothing(store: Store, settings: Settings, propose: Propose) -> None:
    number = propose(somebody(store, "trainer"))
    out = TestClient(bare(settings, store), base_url="http://localhost", follow_redirects=False)
    assert out.get(f"/api/clip/{number}").status_code == 401


def test_an_analyst_proposes_and_does_not_approve(store: Store, trainer: Viewer, propose: Propose) -> None:
    analyst = somebody(store, "analyst")
    number = propose(analyst)
    assert clips.listed(store, analyst, "proposed").total == 1
    assert clips.listed(store, somebody(store, "analyst", "otra"), "proposed").total == 0
    assert clips.listed(store, trainer, "proposed").total == 1
    with pytest.raises(CoachError, match="no tiene permiso"):
        clips.approve(store, analyst, number)
    clips.withdraw(store, analyst, number)
    assert clips.listed(store, trainer, "proposed").total == 0


def test_a_lead_approves_clips_of_the_own_team_alone(store: Store, trainer: Viewer, propose: Propose) -> None:
    somebody(store, "agent", "rarce", holds=("rarce",), team="Norte")
    mine, other = somebody(store, "lead", "norte", leads="Norte"), somebody(store, "lead", "sur", leads="Sur")
    number = propose(trainer)
    with pytest.raises(CoachError, match="No hay ningún recorte"):
        clips.approve(store, other, number)
    clips.approve(store, mine, number)
    assert clips.listed(store, other, "approved").total == 1  # for class, once approved
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        clips.withdraw(store, other, number)


@pytest.mark.parametrize("role", ["agent", "auditor"])
def test_others_propose_and_approve_nothing(
    store: Store, trainer: Viewer, propose: Propose, role: Role
) -> None:
    number = propose(trainer)
    other = somebody(store, role)
    with pytest.raises(CoachError, match="no tiene permiso"):
        clips.propose(store, other, CALL, "no_money", (8.0, 28.0), "x")
    with pytest.raises(CoachError, match="no tiene permiso"):
        clips.approve(store, other, number)
    with pytest.raises(CoachError):
        clips.audio(store, other, number)


# what goes


def test_a_withdrawn_clip_and_its_file_are_gone(store: Store, trainer: Viewer, propose: Propose) -> None:
    number = propose(trainer)
    path = clips.audio(store, trainer, number)
    clips.withdraw(store, trainer, number)
    assert not path.exists()
    with pytest.raises(CoachError, match="No hay ningún recorte"):
        clips.audio(store, trainer, number)


def test_an_erased_call_takes_its_clips_along(store: Store, trainer: Viewer, propose: Propose) -> None:
    number = propose(trainer)
    path = clips.audio(store, trainer, number)
    clips.approve(store, trainer, number)
    store.forget(CALL)
    with pytest.raises(CoachError, match="No hay ningún recorte"):
        clips.audio(store, trainer, number)
    assert clip_files.sweep(store) >= 1
    assert not path.exists()


def test_a_call_without_sound_and_a_clip_without_title_are_refused(
    store: Store, trainer: Viewer, propose: Propose
) -> None:
    with pytest.raises(CoachError, match="Falta el título"):
        propose(trainer, "  ")
    with store.writing() as connection:
        connection.execute(update(recordings).values(audio=None))
    with pytest.raises(CoachError, match="sin audio"):
        propose(trainer)
