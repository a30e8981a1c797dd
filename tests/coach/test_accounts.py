"""Signing in: what opens the door, what closes it again, and what a guesser learns (nothing)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from coach import accounts, audit, passwords, people, sessions
from coach.accounts import Stranger
from coach.schema_people import sessions as session_rows
from coach.schema_people import users
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.people import somebody, token

GOOD = "tres gatos en la azotea"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """argon2id as always, at a cost for tests."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._dummy.cache_clear()
    yield
    passwords._dummy.cache_clear()


@pytest.fixture
def ana(store: Store) -> Viewer:
    people.add(store, HOUSE, "Ana.Ruiz", "Ana Ruiz", "analyst", password=GOOD, must_change=False)
    return somebody(store, "analyst", "ana.ruiz")


def enter(store: Store, settings: Settings, password: str = GOOD, *, after: float = 0.0) -> str | None:
    """Ana's sign-in, `after` minutes."""
    return accounts.sign_in(store, settings, "ana.ruiz", password, now=NOW + timedelta(minutes=after))


# the door


def test_the_right_password_opens_and_says_who_it_is(store: Store, settings: Settings, ana: Viewer) -> None:
    mine = enter(store, settings)
    assert mine is not None
    assert sessions.viewer_of(store, settings, mine, now=NOW) == ana


def test_a_login_is_known_however_it_is_typed(store: Store, settings: Settings, ana: Viewer) -> None:
    assert accounts.sign_in(store, settings, "  ANA.Ruiz ", GOOD) is not None


@pytest.mark.parametrize(("login", "password"), [("ana.ruiz", "otra cosa"), ("nadie", GOOD), ("", "")])
def test_anything_else_does_not(
    store: Store, settings: Settings, ana: Viewer, login: str, password: str
) -> None:
    assert accounts.sign_in(store, settings, login, password) is None


def test_the_table_holds_no_password_and_no_token(store: Store, settings: Settings, ana: Viewer) -> None:
    mine = enter(store, settings)
    with store.reading() as connection:
        kept = connection.execute(select(users.c.password_hash)).scalars().one()
        row = connection.execute(select(session_rows).order_by(session_rows.c.created_at.desc())).first()
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert mine not in str(row)


def test_every_sign_in_has_a_token_of_its_own(store: Store, settings: Settings, ana: Viewer) -> None:
    assert enter(store, settings) != enter(store, settings)


def test_a_hash_of_older_parameters_is_renewed_at_the_next_sign_in(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    assert enter(store, settings) is not None
    with store.reading() as connection:
        assert "t=2" in connection.execute(select(users.c.password_hash)).scalars().one()
    assert enter(store, settings) is not None


def test_who_is_unknown_costs_as_much_as_who_is_known(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bool] = []
    right = passwords.matches

    def watched(password: str, kept: str | None) -> bool:
        checked.append(kept is None)
        return right(password, kept)

    monkeypatch.setattr(passwords, "matches", watched)
    accounts.sign_in(store, settings, "nadie", GOOD)
    accounts.sign_in(store, settings, "ana.ruiz", "otra cosa")
    assert checked == [True, False]


# guessing


def test_the_fifth_wrong_password_pauses_the_login(store: Store, settings: Settings, ana: Viewer) -> None:
    for _ in range(5):
        assert enter(store, settings, "otra cosa") is None
    assert enter(store, settings) is None
    assert enter(store, settings, after=14.9) is None
    assert enter(store, settings, after=15.1) is not None


def test_each_further_one_doubles_the_pause(store: Store, settings: Settings, ana: Viewer) -> None:
    for _ in range(5):
        enter(store, settings, "otra cosa")
    enter(store, settings, "otra cosa", after=16)
    assert enter(store, settings, after=16 + 29) is None
    assert enter(store, settings, after=16 + 31) is not None


def test_the_right_one_in_between_starts_anew(store: Store, settings: Settings, ana: Viewer) -> None:
    for _ in range(3):
        for _ in range(4):
            enter(store, settings, "otra cosa")
        assert enter(store, settings) is not None


def test_a_pause_is_not_made_longer_by_trying_on(store: Store, settings: Settings, ana: Viewer) -> None:
    for _ in range(40):
        enter(store, settings, "otra cosa")
    assert enter(store, settings, after=16) is not None


def test_many_at_once_are_not_more_than_one_by_one(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    monkeypatch.setattr(passwords, "matches", lambda password, kept: checked.append(kept or "") or False)
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: enter(store, settings, f"intento {n}"), range(12)))
    assert len([kept for kept in checked if kept]) == 5


def test_refusals_are_in_the_log_as_long_as_somebody_can_guess(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    for _ in range(9):
        enter(store, settings, "otra cosa")
    accounts.sign_in(store, settings, "mi-contraseña-en-el-campo-equivocado", "x")
    assert audit.entries(store, HOUSE, action="sign_in_refused").total == 5


# sessions


def test_a_pause_of_half_an_hour_ends_the_session(store: Store, settings: Settings, ana: Viewer) -> None:
    mine = token(store, "ana.ruiz", now=NOW)
    for minutes in (29, 58, 87):
        assert sessions.viewer_of(store, settings, mine, now=NOW + timedelta(minutes=minutes)) is not None
    assert sessions.viewer_of(store, settings, mine, now=NOW + timedelta(minutes=87 + 31)) is None


def test_what_a_page_asks_by_itself_is_no_sign_of_life(store: Store, settings: Settings, ana: Viewer) -> None:
    mine = token(store, "ana.ruiz", now=NOW)
    assert sessions.viewer_of(store, settings, mine, now=NOW + timedelta(minutes=29), touch=False) is not None
    assert sessions.viewer_of(store, settings, mine, now=NOW + timedelta(minutes=31)) is None


def test_twelve_hours_are_the_most(store: Store, settings: Settings, ana: Viewer) -> None:
    mine = token(store, "ana.ruiz", now=NOW)
    for minutes in range(20, 12 * 60, 20):
        assert sessions.viewer_of(store, settings, mine, now=NOW + timedelta(minutes=minutes)) is not None
    assert sessions.viewer_of(store, settings, mine, now=NOW + timedelta(hours=12, seconds=1)) is None


def test_both_limits_are_settings(store: Store, ana: Viewer) -> None:
    strict = Settings(data_dir=store.data_dir, accounts={"idle_minutes": 5, "longest_hours": 1})
    mine = token(store, "ana.ruiz", now=NOW)
    assert sessions.viewer_of(store, strict, mine, now=NOW + timedelta(minutes=6)) is None


def test_signing_out_ends_it_everywhere_it_is_known(store: Store, settings: Settings, ana: Viewer) -> None:
    mine, other = token(store, "ana.ruiz"), token(store, "ana.ruiz")
    accounts.sign_out(store, mine, ana)
    assert sessions.viewer_of(store, settings, mine) is None
    assert sessions.viewer_of(store, settings, other) == ana


@pytest.mark.parametrize("made_up", ["", "x", "0" * 64, "' OR 1=1 --"])
def test_a_token_that_never_was_opens_nothing(store: Store, settings: Settings, made_up: str) -> None:
    assert sessions.session_of(store, settings, made_up) is None


def test_the_digest_in_the_table_is_no_token(store: Store, settings: Settings, ana: Viewer) -> None:
    token(store, "ana.ruiz")
    with store.reading() as connection:
        digest = connection.execute(select(session_rows.c.token_hash)).scalars().first()
    assert digest is not None
    assert sessions.session_of(store, settings, digest) is None


def test_who_is_deactivated_is_out_at_once(store: Store, settings: Settings, ana: Viewer) -> None:
    mine = token(store, "ana.ruiz")
    people.deactivate(store, HOUSE, "ana.ruiz")
    assert sessions.viewer_of(store, settings, mine) is None
    assert enter(store, settings) is None
    people.activate(store, HOUSE, "ana.ruiz")
    assert sessions.viewer_of(store, settings, mine) is None
    assert enter(store, settings) is not None


def test_another_role_holds_from_the_next_question_on(store: Store, settings: Settings, ana: Viewer) -> None:
    mine = token(store, "ana.ruiz")
    people.change(store, HOUSE, "ana.ruiz", role="agent")
    now = sessions.viewer_of(store, settings, mine)
    assert now is not None
    assert (now.role, now.may("export")) == ("agent", False)


def test_a_lead_leads_from_the_first_day_to_the_last(store: Store, settings: Settings) -> None:
    somebody(store, "lead", "leo", leads="Norte")
    mine = token(store, "leo", now=NOW)
    leading = sessions.viewer_of(store, settings, mine, now=NOW)
    assert leading is not None
    assert len(leading.teams) == 1
    from coach.schema_people import memberships

    with store.writing() as connection:
        connection.execute(update(memberships).values(until=NOW.date() - timedelta(days=1)))
    after = sessions.viewer_of(store, settings, mine, now=NOW)
    assert after is not None
    assert after.teams == ()


# one's own password


def test_a_new_password_ends_every_session_but_the_one_it_gives(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    mine, other = token(store, "ana.ruiz"), token(store, "ana.ruiz")
    new = accounts.change_password(store, settings, ana, GOOD, "cinco perros bajo la lluvia")
    assert [sessions.viewer_of(store, settings, one) for one in (mine, other)] == [None, None]
    assert sessions.viewer_of(store, settings, new) == ana
    assert accounts.sign_in(store, settings, "ana.ruiz", GOOD) is None


def test_without_the_former_one_nothing_changes(store: Store, settings: Settings, ana: Viewer) -> None:
    with pytest.raises(CoachError, match="actual no es esa"):
        accounts.change_password(store, settings, ana, "otra cosa", "cinco perros bajo la lluvia")
    assert enter(store, settings) is not None


def test_the_former_one_cannot_be_guessed_from_an_open_desk(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    for _ in range(5):
        with pytest.raises(CoachError):
            accounts.change_password(store, settings, ana, "otra cosa", "cinco perros bajo la lluvia")
    with pytest.raises(CoachError):
        accounts.change_password(store, settings, ana, GOOD, "cinco perros bajo la lluvia")


@pytest.fixture
def reset(store: Store, ana: Viewer, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody resets Ana's password while the former one is being checked: the one to use once."""
    given: list[str] = []
    matches = passwords.matches

    def checked(word: str, kept: str | None) -> bool:
        right = matches(word, kept)
        if not given:
            given.append(people.reset(store, HOUSE, "ana.ruiz"))
        return right

    monkeypatch.setattr(passwords, "matches", checked)
    yield given
    assert accounts.sign_in(store, Settings(), "ana.ruiz", GOOD) is None
    assert accounts.sign_in(store, Settings(), "ana.ruiz", given[0]) is not None


@pytest.mark.usefixtures("reset")
def test_a_password_reset_while_it_is_checked_opens_nothing(store: Store, settings: Settings) -> None:
    assert enter(store, settings) is None


@pytest.mark.usefixtures("reset")
def test_nor_is_it_changed(store: Store, settings: Settings, ana: Viewer) -> None:
    with pytest.raises(CoachError, match="cambió mientras tanto"):
        accounts.change_password(store, settings, ana, GOOD, "cinco perros bajo la lluvia")


def test_who_is_deactivated_while_the_password_is_checked_stays_out(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checked(word: str, kept: str | None) -> bool:
        people.deactivate(store, HOUSE, "ana.ruiz")
        return True

    monkeypatch.setattr(passwords, "matches", checked)
    assert enter(store, settings) is None


@pytest.mark.parametrize(
    ("weak", "says"),
    [
        ("corta", "12 letras o más"),
        ("a" * 201, "200 letras"),
        ("la clave de Ana.Ruiz", "no debe llevar su usuario"),
        ("RUIZ es mi apellido", "no debe llevar su usuario"),
        ("Contraseña1234", "las primeras que alguien probaría"),
        ("abababababababab", "las primeras que alguien probaría"),
        ("abcdefghijklm", "las primeras que alguien probaría"),
        ("098765432109", "las primeras que alguien probaría"),
        (GOOD, "igual a la actual"),
    ],
)
def test_easy_ones_are_refused_in_words(
    store: Store, settings: Settings, ana: Viewer, weak: str, says: str
) -> None:
    with pytest.raises(CoachError, match=says):
        accounts.change_password(store, settings, ana, GOOD, weak)


@pytest.mark.parametrize("weak", ["ana1234567890", "clave de Ana larga", "temporal-ANA-2026"])
def test_a_login_of_three_letters_is_refused_where_it_stands_by_itself(weak: str) -> None:
    with pytest.raises(CoachError, match="no debe llevar su usuario"):
        passwords.check(weak, "ana", "Ana", "")


@pytest.mark.parametrize("good", ["mañana ventana banana", "la casa del sol y la luna"])
def test_it_may_stand_within_a_word_and_particles_of_a_name_anywhere(good: str) -> None:
    passwords.check(good, "ana", "Ana del Río", "")


def test_a_password_to_use_once_opens_only_the_change(store: Store, settings: Settings, ana: Viewer) -> None:
    once = people.reset(store, HOUSE, "ana.ruiz")
    mine = accounts.sign_in(store, settings, "ana.ruiz", once)
    assert mine is not None
    assert sessions.viewer_of(store, settings, mine) is None
    session = sessions.session_of(store, settings, mine)
    assert session is not None
    assert session.must_change
    new = accounts.change_password(store, settings, session.viewer, once, "cinco perros bajo la lluvia")
    assert sessions.viewer_of(store, settings, new) == ana


def test_the_same_letters_typed_another_way_are_the_same(store: Store, settings: Settings) -> None:
    people.add(store, HOUSE, "leo", "Leo", "agent", password="mañana será otro día", must_change=False)
    assert accounts.sign_in(store, settings, "leo", "man\u0303ana sera\u0301 otro di\u0301a") is not None


# single sign-on: for whom the company's service vouches


def known(store: Store, subject: str, email: str) -> str | Stranger:
    return accounts.sign_in_known(store, subject, email, verified=True)


def test_a_known_person_comes_in_by_mail_once_and_by_subject_then(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    people.change(store, HOUSE, "ana.ruiz", email="Ana@Casa.example")
    assert isinstance(known(store, "idp|7", "ana@casa.example"), str)
    assert isinstance(known(store, "idp|7", "otra@casa.example"), str)
    assert known(store, "idp|8", "ana@casa.example") is Stranger.OTHER_ACCOUNT


def test_strangers_and_the_deactivated_do_not(store: Store, settings: Settings, ana: Viewer) -> None:
    assert known(store, "idp|9", "x@casa.example") is Stranger.UNKNOWN
    assert known(store, "idp|9", "") is Stranger.UNKNOWN
    people.change(store, HOUSE, "ana.ruiz", email="ana@casa.example")
    people.deactivate(store, HOUSE, "ana.ruiz")
    assert known(store, "idp|7", "ana@casa.example") is Stranger.DEACTIVATED


def test_a_mail_that_two_share_says_nothing(store: Store, ana: Viewer) -> None:
    people.add(store, HOUSE, "bea", "Bea", "agent", email="equipo@casa.example")
    people.change(store, HOUSE, "ana.ruiz", email="equipo@casa.example")
    assert known(store, "idp|7", "equipo@casa.example") is Stranger.SHARED
