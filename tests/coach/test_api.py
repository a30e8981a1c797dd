"""The programs' door: by token only, each to its reach, nothing that tells who somebody is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from sqlalchemy import delete, insert, select, update
from starlette.testclient import TestClient
from typer.testing import CliRunner

from coach import api, api_data, audit, tokens
from coach.api_doc import document
from coach.cli import app
from coach.schema import finding_counts, findings, ladders, scorecards, standings
from coach.schema_month import promises
from coach.schema_out import api_tokens, api_uses
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from coach.words import critical_of
from nlp.analyze import analyze
from nlp.labels import labels
from rubrics.case_conditions import NO_SPECIAL_CASE
from rubrics.loader import load_rubric, pack_of
from rubrics.scoring import score
from tests.coach.people import somebody
from tests.coach.people import token as session_token
from tests.coach.review_people import keep_call
from tests.coach.test_doors import browser
from tests.dialogue import dialogue, found
from transcripts.types import Recording

LINES = """
    A[0-4]: Buenos días, le saluda Rosa Quispe. ¿El señor Wilmer Chávez?
    D[4-6]: Sí, mi celular es 987 654 321 y mi correo wilmer@example.com.
    A[6-10]: Señor Wilmer Chávez, si no paga lo vamos a embargar, su DNI es 45678912.
    D[10-14]: No tengo dinero, señorita.
"""
PRIVATE = ("Wilmer", "Chávez", "987 654 321", "987654321", "wilmer@example.com", "45678912", "CTA-001")
LISTS = [f"/api/v1/{name}" for name in api_data.ASKING]


@pytest.fixture
def client(store: Store, settings: Settings) -> TestClient:
    return browser(store, settings)


@pytest.fixture
def two_teams(store: Store, settings: Settings, keep: Callable[..., Call]) -> dict[str, int]:
    """Rosa of Norte and Luis of Sur, each with a call; Luis's holds what must not get out."""
    somebody(store, "agent", "rosa", name="Rosa Quispe", holds=("rosa",), team="Norte")
    somebody(store, "agent", "luis", name="Luis Sur", holds=("luis",), team="Sur")
    north = somebody(store, "lead", "ln", leads="Norte").teams[0]
    south = somebody(store, "lead", "ls", leads="Sur").teams[0]
    facts = {"debtor_name": "Wilmer Chávez", "account": "CTA-001"}
    keep_call(store, settings, "n-1", lines=LINES, portfolio="norte", **facts)
    keep_call(
        store, settings, "s-1", lines=LINES, agent="Luis Sur", agent_login="luis", portfolio="sur",
        failed=("no_threats",), **facts,
    )  # fmt: skip
    promise = {"amount": Decimal(100), "currency": "PEN", "date": "2026-09-20", "quote": "1:No tengo dinero"}
    keep("s-2", "no_money@1", agent="Luis Sur", agent_login="luis", portfolio="sur", promise=promise, **facts)
    met(store)
    return {"Norte": north, "Sur": south}


def met(store: Store) -> None:
    """How objections were met, as it is kept once a call was read: every one answered."""
    its = select(finding_counts.c.findings_id, finding_counts.c.label)
    rungs = dict.fromkeys(("recognise", "explore", "answer", "ask", "missed"), 0)
    with store.writing() as connection:
        for findings_id, label in connection.execute(its).all():
            row = {"findings_id": findings_id, "label": label, "times": 1, "fits": 1, **rungs}
            connection.execute(insert(ladders).values(**row))


def given(store: Store, name: str = "bi", reach: tokens.Reach = "all", **more: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.create(store, HOUSE, name, reach, **more)}"}


# who gets in


def test_without_a_token_nothing(client: TestClient, store: Store) -> None:
    for path in [*LISTS, "/api/v1/calls/n-1", "/api/v1/openapi.json", "/api/v1/", "/api/v1/x/y"]:
        for headers in ({}, {"Authorization": "Bearer temple_x"}, {"Authorization": "Basic dGVtcGxl"}):
            answer = client.get(path, headers=headers)
            assert (answer.status_code, "token" in answer.json()["error"]) == (401, True), path
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_cookie_opens_nothing_here_and_a_token_nothing_elsewhere(client: TestClient, store: Store) -> None:
    somebody(store, "admin", "jefa")
    client.cookies.set("temple", session_token(store, "jefa"))
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/calls").status_code == 401
    client.cookies.clear()
    for path in ("/api/audio/n-1", "/api/peaks/n-1", "/api/clip/1"):
        assert client.get(path, headers=given(store, path)).status_code == 401
    assert client.get("/", headers=given(store)).status_code == 303
    written = tokens.create(store, HOUSE, "en la dirección", "all")
    assert client.get("/api/v1/calls", params={"token": written}).status_code == 401


def test_an_ended_and_a_revoked_token_are_out(client: TestClient, store: Store) -> None:
    past = datetime.now(UTC) - timedelta(days=91)
    assert client.get("/api/v1/calls", headers=given(store, now=past)).status_code == 401
    held = given(store, "otro")
    assert client.get("/api/v1/calls", headers=held).status_code == 200
    newest = tokens.list_tokens(store, HOUSE)[0]
    assert (newest.uses, newest.last_used_at is not None) == (1, True)
    tokens.revoke(store, HOUSE, newest.id)
    assert client.get("/api/v1/calls", headers=held).status_code == 401


def test_the_store_does_not_hold_the_token(store: Store) -> None:
    written = tokens.create(store, HOUSE, "bi", "all")
    with store.reading() as connection:
        row = connection.execute(select(api_tokens)).one()
    assert written not in str(row)
    assert (row.digest, row.hint) == (tokens.digest(written), written[:11])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": " "}, "nombre"),
        ({"reach": "team", "team_id": 99}, "equipo"),
        ({"reach": "portfolio"}, "cartera"),
        ({"days": 0}, "días"),
        ({"per_minute": 10_000}, "por minuto"),
    ],
)
def test_a_token_that_cannot_be_made_says_why(store: Store, more: dict[str, Any], words: str) -> None:
    with pytest.raises(CoachError, match=words):
        tokens.create(store, HOUSE, **({"name": "bi", "reach": "all"} | more))


def test_a_portfolio_that_no_call_is_of_gets_no_token(store: Store, keep: Callable[..., Call]) -> None:
    with pytest.raises(CoachError, match="Todavía no hay llamadas con cartera"):
        tokens.create(store, HOUSE, "bi", "portfolio", portfolio="surr")
    keep("s-1", portfolio="sur")
    with pytest.raises(CoachError, match=r"cartera «surr»\. Hay «sur»"):
        tokens.create(store, HOUSE, "bi", "portfolio", portfolio="surr")
    assert tokens.create(store, HOUSE, "bi", "portfolio", portfolio="sur")
    for at in range(15):
        keep(f"a-{at}", portfolio=f"auto-{at:02}")
    with pytest.raises(CoachError, match="Hay 16; las de nombre más parecido: «sur», ") as told:
        tokens.create(store, HOUSE, "otro", "portfolio", portfolio="surr")
    assert str(told.value).count("«") == 13


def test_the_log_says_until_which_day_a_token_is_good(store: Store) -> None:
    tokens.create(store, HOUSE, "bi", "all", now=datetime(2026, 11, 29, 13, tzinfo=UTC))
    (entry,) = audit.entries(store, HOUSE).rows
    assert entry.detail == {"reach": "all", "until": "2027-02-27"}


def test_only_who_administers_makes_tokens(store: Store) -> None:
    with pytest.raises(CoachError, match="permiso"):
        tokens.create(store, somebody(store, "analyst"), "bi", "all")


def test_it_only_reads(client: TestClient, store: Store) -> None:
    held = given(store)
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = client.request(method, "/api/v1/calls", headers=held)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
        assert "access-control-allow-origin" not in answer.headers
    answer = client.head("/api/v1/calls", headers=held)
    assert (answer.status_code, answer.content) == (200, b"")


def test_too_many_in_a_minute_wait(client: TestClient, store: Store) -> None:
    held = given(store, per_minute=2)
    seen = [client.get("/api/v1/agents", headers=held) for _ in range(3)]
    assert [one.status_code for one in seen] == [200, 200, 429]
    assert 1 <= int(seen[2].headers["retry-after"]) <= 61
    assert client.get("/api/v1/agents", headers=given(store, "otro")).status_code == 200


# what is answered


def answered(client: TestClient, held: dict[str, str], path: str, **params: Any) -> Any:
    answer = client.get(path, headers=held, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_route_answers_what_the_document_says(
    client: TestClient, store: Store, two_teams: dict[str, int]
) -> None:
    held = given(store)
    said = answered(client, held, "/api/v1/openapi.json")
    assert (said["openapi"], said) == ("3.1.0", json.loads(json.dumps(document())))
    for path, its in said["paths"].items():
        asked = path.replace("{id}", "s-1")
        answer = client.get(asked, headers=held)
        schema = its["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": said["components"]}
        jsonschema.Draft202012Validator(whole).validate(answer.json())
        if asked in LISTS:
            assert answer.json()["data"], asked
        refused = client.get(asked, headers=held, params={"nada": "1"})
        jsonschema.validate(refused.json(), said["components"]["schemas"]["ErrorOut"])
        assert (refused.status_code, "422" in its["get"]["responses"]) == (422, True)
    assert client.get("/api/v1/nada", headers=held).status_code == 404


def test_pages_follow_each_other_without_a_gap(
    client: TestClient, store: Store, two_teams: dict[str, int]
) -> None:
    held, seen, path = given(store), [], "/api/v1/calls?size=1&agent=rosa&agent=luis"
    while path:
        page = answered(client, held, path)
        seen += [row["id"] for row in page["data"]]
        path = page["next"]
    assert seen == ["n-1", "s-1", "s-2"]
    link = client.get("/api/v1/calls?size=1&format=csv", headers=held).headers["link"]
    assert "size=1&format=csv&after=" in link


def test_a_promise_is_paged_once_whatever_becomes_of_the_others(
    client: TestClient, store: Store, keep: Callable[..., Call]
) -> None:
    promise = {"amount": Decimal(100), "currency": "PEN", "quote": "1:No tengo dinero"}
    for name, day in (("a", "2026-09-20"), ("b", "2026-09-18"), ("c", "2026-09-22")):
        keep(name, "no_money@1", agent="Luis Sur", agent_login="luis", promise={"date": day, **promise})
    held = given(store)
    first = answered(client, held, "/api/v1/promises?size=1")
    ids = [row["call_id"] for row in answered(client, held, "/api/v1/promises")["data"]]
    with store.writing() as connection:  # the last one's day is put right: it falls due first
        of = select(findings.c.id).where(findings.c.recording_id == ids[-1]).scalar_subquery()
        earlier = update(promises).where(promises.c.findings_id == of)
        connection.execute(earlier.values(due_on=date(2020, 1, 1)))
    seen, path = [row["call_id"] for row in first["data"]], first["next"]
    while path:
        page = answered(client, held, path)
        seen, path = seen + [row["call_id"] for row in page["data"]], page["next"]
    assert seen == ids == ["a", "b", "c"]


# a zone would be thrown away, and a number may be a day, seconds or thousandths of them
NO_DAYS = (
    "2026-03-10T00:00:00-05:00", "2026-03-10T00:00:00", "2026-03-10T10:00:00Z", "0", "1773100800", "20260310",
    "2026-3-1", "2026-02-30", "٢٠٢٦-٠٣-١٠", "2026-W10-1",
)  # fmt: skip


def test_what_is_asked_wrongly_is_told_in_words(client: TestClient, store: Store) -> None:
    held = given(store)
    for params, words in (
        ({"since": "ayer"}, "since: debe ser una fecha"),
        *(({"until": one}, f"until: debe ser una fecha, como 2026-03-10; dice '{one}'") for one in NO_DAYS),
        ({"since": ["2026-03-10", "2026-03-11"]}, "debe ser una fecha, como 2026-03-10; dice"),
        ({"size": "9" * 5000}, "size: debe ser un número entero de menos cifras"),
        ({"size": "5000"}, "size: debe ser 1000 o menos"),
        ({"objection": "no_se"}, "objeción conocida"),
        ({"objection": ["no_se", "tal"]}, "dice 'no_se', 'tal'."),
        ({"country": "mx"}, "código de dos letras mayúsculas, como MX; dice 'mx'"),
        ({"objection": "health_emergency"}, "salud"),
        ({"criterion": "empathy"}, "van juntos"),
        ({"criterion": "recording_notice", "outcome": "fail"}, "es una regla de un país"),
        ({"criterion": "empaty", "outcome": "fail"}, "ninguna pauta tiene un criterio «empaty»"),
        ({"since": "2026-02-02", "until": "2026-01-01"}, "anterior"),
        ({"after": "%%"}, "after:"),
        ({"outcome": ["pass", "fail"], "criterion": "empathy"}, "outcome"),
    ):
        answer = client.get("/api/v1/calls", headers=held, params=params)
        assert (answer.status_code, words in answer.json()["error"]) == (422, True), answer.text
    assert client.get("/api/v1/promises?after=%%", headers=held).status_code == 422
    assert client.get("/api/v1/calls?criterion=empathy&outcome=fail", headers=held).status_code == 200


def test_figures_go_out_to_two_places(client: TestClient, store: Store, settings: Settings) -> None:
    somebody(store, "agent", "rosa", name="Rosa Quispe", holds=("rosa",), team="Norte")
    for recording_id, points in (("n-1", 100.0), ("n-2", 100.0), ("n-3", 50.0)):
        keep_call(store, settings, recording_id)
        with store.writing() as connection:
            its_card = select(scorecards.c.id).where(scorecards.c.recording_id == recording_id)
            of = standings.c.scorecard_id == its_card.scalar_subquery()
            connection.execute(update(standings).where(of).values(points=points))
    held = given(store)
    (agent,) = client.get("/api/v1/agents", headers=held).json()["data"]
    assert (agent["points"], agent["points_n"]) == (83.33, 3)
    (row,) = csv.DictReader(io.StringIO(client.get("/api/v1/agents?format=csv", headers=held).text))
    assert (row["points"], row["points_low"]) == ("83.33", str(agent["points_low"]))
    told = client.get("/api/v1/agents", headers=held).text + client.get("/api/v1/calls", headers=held).text
    assert re.findall(r"\d\.\d{3,}", told) == []


def test_what_has_not_changed_is_not_sent_again(client: TestClient, store: Store) -> None:
    held = given(store)
    tag = client.get("/api/v1/agents", headers=held).headers["etag"]
    again = client.get("/api/v1/agents", headers={**held, "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


# reach


def test_a_teams_token_reaches_no_other_team(
    client: TestClient, store: Store, two_teams: dict[str, int]
) -> None:
    held = given(store, reach="team", team_id=two_teams["Norte"], per_minute=600)
    asked: list[dict[str, Any]] = [
        {}, {"team": two_teams["Sur"]}, {"agent": "luis"}, {"portfolio": "sur"}, {"critical": "true"},
        {"criterion": "no_threats", "outcome": "fail"}, {"objection": "no_money"}, {"promise": "firm"},
        {"team": [two_teams["Norte"], two_teams["Sur"]]},
    ]  # fmt: skip
    for path in LISTS:
        for params in asked:
            for kind in ("json", "csv"):
                answer = client.get(path, headers=held, params={**params, "format": kind})
                assert answer.status_code == 200
                for theirs in ("s-1", "s-2", "luis", "Luis", "Sur"):
                    assert theirs not in answer.text, (path, params)
    assert client.get("/api/v1/calls/s-1", headers=held).status_code == 404
    assert client.get("/api/v1/calls/nadie", headers=held).status_code == 404
    assert [row["id"] for row in answered(client, held, "/api/v1/calls")["data"]] == ["n-1"]


def test_a_portfolios_token_sees_no_agents(
    client: TestClient, store: Store, two_teams: dict[str, int]
) -> None:
    held = given(store, reach="portfolio", portfolio="sur")
    rows = answered(client, held, "/api/v1/calls")["data"]
    assert [(row["id"], row["agent"]) for row in rows] == [("s-1", None), ("s-2", None)]
    for path in ("/api/v1/agents", "/api/v1/teams/weeks"):
        refused = client.get(path, headers=held)
        assert (refused.status_code, refused.json()["error"]) == (403, api.NO_AGENTS)
    assert "Luis Sur" not in client.get("/api/v1/promises", headers=held).text
    assert client.get("/api/v1/calls/n-1", headers=held).status_code == 404
    for path in ("calls", "criticals", "objections", "promises"):  # nor by what is left of a list
        for asked in ("agent=luis", "agent=nadie", f"team={two_teams['Sur']}", "team=99"):
            answer = client.get(f"/api/v1/{path}?{asked}", headers=held)
            assert (answer.status_code, answer.json()["error"]) == (403, api.NO_AGENTS)


def test_what_was_refused_is_not_in_the_log_as_read(
    client: TestClient, store: Store, two_teams: dict[str, int]
) -> None:
    held = given(store, reach="portfolio", portfolio="sur")
    for path in (
        "agents",
        "teams/weeks",
        "calls/n-1",
        "calls/no-hay",
        "calls?agent=luis",
        "promises?after=%%",
    ):
        assert client.get(f"/api/v1/{path}", headers=held).status_code in (403, 404, 422)
    assert audit.entries(store, HOUSE, login="api:bi").rows == ()
    assert tokens.list_tokens(store, HOUSE)[0].uses == 0


# what does not get out


def test_nothing_that_tells_who_somebody_is(
    client: TestClient, store: Store, settings: Settings, two_teams: dict[str, int]
) -> None:
    held = given(store)
    with_quotes = keep_quoted(store, settings)
    for path in [*LISTS, "/api/v1/calls/s-1", f"/api/v1/calls/{with_quotes}"]:
        for kind in ("json", "csv"):
            text = client.get(path, headers=held, params={"format": kind}).text
            assert [one for one in PRIVATE if one in text] == [], path
    card = answered(client, held, f"/api/v1/calls/{with_quotes}")
    (evidence,) = next(v for v in card["verdicts"] if v["criterion"] == "no_threats")["evidence"]
    assert "si no paga lo vamos a embargar, su DNI es [documento]" in evidence["text"]
    assert "[nombre]" in evidence["text"]
    told = next(v for v in card["verdicts"] if v["criterion"] == "empathy")
    assert [one["text"] for one in told["evidence"]] == ["[salud]"]


@pytest.mark.parametrize(
    "said", ["Mi esposo falleció hace dos semanas, señorita.", "Me operaron del corazón el lunes."]
)
def test_no_reason_tells_of_an_illness_or_a_death(client: TestClient, store: Store, said: str) -> None:
    lines = f"""
        A[0-4]: Buenas, habla Ana Ruiz, de Banco Sol. ¿Hablo con Wilmer Chávez?
        D[5-6]: Sí, soy yo.
        A[7-10]: Su cuota de quinientos soles venció hace diez días.
        D[11-14]: {said}
        A[15-17]: Bueno, pero la cuota tiene que pagarla el viernes.
        D[18-20]: No sé, señorita.
    """
    call = replace(dialogue(lines), recording=Recording("h-1", country="PE", debtor_name="Wilmer Chávez"))
    findings = analyze(call)
    store.add_recording(call.recording)
    store.save(Call(call, findings, score(call, findings, load_rubric(), pack_of("PE"))))
    card = answered(client, given(store), "/api/v1/calls/h-1")
    reasons = [one["reason"] for one in card["verdicts"]]
    told = re.compile("emergencia|enferm|falleci|operaron|perdió a alguien", re.IGNORECASE)
    assert [one for one in reasons if told.search(one) and one != NO_SPECIAL_CASE] == []
    assert "[salud]" in reasons
    verdicts = {one["criterion"]: one for one in card["verdicts"]}
    rules = {rule.id: rule for rule in pack_of("PE").rules}
    assert {name: verdicts[name]["certainty"] for name in rules} == {
        name: rule.certainty for name, rule in rules.items()
    }
    assert {one["certainty"] for name, one in verdicts.items() if name not in rules} == {None}
    assert {name for name, one in verdicts.items() if one["critical"]} == critical_of(
        load_rubric(), pack_of("PE")
    )


def keep_quoted(store: Store, settings: Settings) -> str:
    """A call whose verdicts quote names and numbers, and a turn about an illness."""
    from tests.coach.review_people import judged_call

    lines = LINES + "    D[14-18]: Es que estoy enfermo, me operaron.\n"
    call = judged_call(settings, "q-1", failed=("no_threats",), lines=lines, debtor_name="Wilmer Chávez")
    turns, verdicts = call.transcript.turns, dict(call.scorecard.verdicts)
    quotes = {"no_threats": 2, "empathy": 4}
    for name, at in quotes.items():
        quote = call.transcript.quote(at, 0, len(turns[at].text))
        reason = "El titular Wilmer Chávez, 987 654 321, se queja."
        verdicts[name] = replace(verdicts[name], evidence=(quote,), reason=reason)
    card = replace(call.scorecard, verdicts=verdicts)
    call = replace(call, scorecard=card, findings=found(call.transcript, "health_emergency@4"))
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    return call.id


def test_an_objection_that_was_taken_out_is_told_by_its_id(
    client: TestClient, store: Store, keep: Callable[..., Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = given(store)
    keep("a-1", "no_money@1")
    met(store)
    known = labels()
    left = {name: one for name, one in known.objections.items() if name != "no_money"}
    monkeypatch.setattr("nlp.labels.labels", lambda: known.model_copy(update={"objections": left}))
    (row,) = answered(client, held, "/api/v1/objections")["data"]
    assert (row["objection"], row["label"]) == ("no_money", "no money")


def test_illness_is_told_of_nobody(client: TestClient, store: Store, keep: Callable[..., Call]) -> None:
    held = given(store)
    for n in range(6):
        keep(f"h-{n}", "health_emergency@1", agent_login=("rosa", "luis", "paco")[n % 3])
        keep(f"m-{n}", "no_money@1", agent_login="rosa")
    met(store)
    told = {row["objection"] for row in answered(client, held, "/api/v1/objections")["data"]}
    assert {"health_emergency", "no_money"} <= told
    told = {row["objection"] for row in answered(client, held, "/api/v1/objections", agent="rosa")["data"]}
    assert told == {"no_money"}


def test_illness_is_not_told_of_a_team_that_is_one_person(
    client: TestClient, store: Store, keep: Callable[..., Call], two_teams: dict[str, int]
) -> None:
    """Norte is Rosa alone: what is told of Norte is told of her."""
    for n in range(12):
        keep(f"h-{n}", "health_emergency@1", "no_money@1", agent_login=("rosa", "paco")[n % 2])
        keep(f"l-{n}", "no_money@1", agent_login="luis")
    with store.writing() as connection:
        connection.execute(delete(ladders))
    met(store)
    everybody, norte = given(store), given(store, "norte", "team", team_id=two_teams["Norte"])
    said = {row["objection"] for row in answered(client, everybody, "/api/v1/objections")["data"]}
    assert said == {"health_emergency", "no_money"}
    for held, asked in ((norte, {}), (everybody, {"team": two_teams["Norte"]})):
        rows = answered(client, held, "/api/v1/objections", **asked)["data"]
        assert {row["objection"]: row["calls"] for row in rows} == {"no_money": 6}


def test_hostile_text_stays_text(client: TestClient, store: Store, settings: Settings) -> None:
    hostile = '=cmd|"/C calc"!A0'
    keep_call(store, settings, "x-1", agent=hostile, company="<script>alert(1)</script>", campaign="@a")
    held = given(store)
    row = answered(client, held, "/api/v1/calls")["data"][0]
    assert (row["agent"], row["company"]) == (hostile, "<script>alert(1)</script>")
    answer = client.get("/api/v1/calls?format=csv", headers=held)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["x-content-type-options"] == "nosniff"
    (line,) = csv.DictReader(io.StringIO(answer.text))
    assert (line["agent"], line["firm_promise"]) == (f"'{hostile}", "false")


def test_the_log_tells_what_a_program_took(
    client: TestClient, store: Store, two_teams: dict[str, int]
) -> None:
    held = given(store)
    for _ in range(3):
        answered(client, held, "/api/v1/calls")
    answered(client, held, "/api/v1/calls/n-1")
    seen = audit.entries(store, HOUSE, login="api:bi").rows
    told = {("see", "call:n-1"), ("api", "api:calls"), ("api", "api:call")}
    assert sorted((one.action, one.subject) for one in seen) == sorted(told)
    with store.reading() as connection:
        uses = dict(connection.execute(select(api_uses.c.resource, api_uses.c.times)).all())
    assert uses == {"calls": 3, "call": 1}


def test_tokens_from_the_terminal(store: Store, settings: Settings) -> None:
    environment = {"COACH_DATA_DIR": str(settings.data_dir), "COACH_CONFIG": ""}
    somebody(store, "lead", "ln", leads="Norte")

    def run(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, ["tokens", *words], env=environment)
        return done.exit_code, done.stdout, done.output

    assert "Ningún token" in run("list")[1]
    written = run("create", "bi", "--reach", "team", "--team", "norte", "--days", "7")[1].strip()
    found = tokens.known(store, written)
    assert found is not None
    assert (found.team, found.reach) == ("Norte", "team")
    assert "vigente" in run("list")[1]
    assert run("revoke", str(found.id))[0] == 0
    assert tokens.known(store, written) is None
    assert run("revoke", "9")[0] == 2
    assert run("create", "x", "--reach", "todo")[0] == 2
    assert "«Este»" in run("create", "x", "--reach", "team", "--team", "Este")[2]
