"""A person's word on the promise of a call: the ledger, the lists and the files follow it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import func, select, text, update

from coach import api_data, as_said, cli_show, database, drafting, keeping, queries, releases, reviews
from coach.api_data import House
from coach.exporters import of_call, scorecard_pdf
from coach.exporters.account_zip import account_zip
from coach.ledger import Asked, LedgerFilter, LedgerRow, ledger, summary
from coach.ledger_files import write_csv
from coach.payments import import_payments
from coach.rows import CallFilter
from coach.schema import findings
from coach.schema_lists import tallies
from coach.schema_people import audit
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Override, PromiseWord, Review
from coach.viewers import HOUSE, Viewer
from nlp.types import Findings, Part, Promise
from rubrics.types import Verdict
from tests.coach.review_people import NOW, judged_call
from tests.coach.test_drafts import opened

DUE = date(2026, 9, 18)
TODAY = date(2026, 9, 30)


def put(store: Store, settings: Settings, *, promised: bool = True) -> Call:
    call = judged_call(settings, account="10-1")
    quote = call.transcript.quote(5)
    promise = Promise(quote, Decimal(240), "PEN", DUE, read_back=call.transcript.quote(4))
    call = replace(call, findings=Findings(promise=promise if promised else None))
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    return call


@pytest.fixture
def call(store: Store, settings: Settings) -> Call:
    return put(store, settings)


def row(store: Store, settings: Settings) -> LedgerRow:
    (only,) = ledger(store, Asked(settings, HOUSE, today=TODAY)).rows
    return only


def say(store: Store, settings: Settings, ana: Viewer, call: Call, word: PromiseWord) -> None:
    opened(store, settings, ana)
    drafting.promise(store, ana, call.id, word, now=NOW)
    reviews.finish(store, settings, ana, call.id, now=NOW)


def judge(store: Store, settings: Settings, ana: Viewer, call: Call, outcome: str) -> None:
    opened(store, settings, ana)
    why = "La deudora ofrece y el agente lo rechaza."
    drafting.judge(store, ana, call.id, "gets_commitment", outcome, why, now=NOW)  # type: ignore[arg-type]
    reviews.finish(store, settings, ana, call.id, now=NOW)


def changes(store: Store) -> list[str]:
    with store.reading() as connection:
        told = select(audit.c.detail).where(audit.c.action == "promise").order_by(audit.c.id)
        return [json.loads(one)["change"] for one in connection.execute(told).scalars()]


def firm(store: Store) -> tuple[int, int]:
    """Firm promises by the list, and by the days added up."""
    with store.reading() as connection:
        by_days = connection.execute(select(func.sum(tallies.c.firm_promises))).scalar_one()
        return queries.count(connection, HOUSE, CallFilter(promise="firm")), by_days


def test_no_commitment_takes_the_promise_out_of_the_ledger(
    store: Store, settings: Settings, ana: Viewer, call: Call, tmp_path: Path
) -> None:
    assert (row(store, settings).state, firm(store)) == ("unknown", (1, 1))
    judge(store, settings, ana, call, "fail")
    kept = row(store, settings)
    assert (kept.state, kept.amount, kept.by_person) == ("withdrawn", Decimal(240), True)
    told = summary(store, Asked(settings, HOUSE, today=TODAY))
    assert (sum(told.states.values()), told.withdrawn, told.not_read_back, told.expected) == (0, 1, 0, ())
    assert firm(store) == (0, 0)
    assert "retirada en revisión" in write_csv(store, Asked(settings, HOUSE, today=TODAY))
    assert changes(store) == ["withdrawn"]
    assert as_said.promised(store.call(call.id)) is None
    assert store.call(call.id).findings.promise is not None  # what the machine heard is kept
    file = tmp_path / "pagos.csv"
    file.write_text("cuenta,fecha,monto,moneda\n10-1,2026-09-17,240,PEN\n", encoding="utf-8")
    import_payments(store, settings, HOUSE, file, country="PE")
    assert row(store, settings).state == "withdrawn"


def test_it_comes_back_where_a_later_review_says_so(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    judge(store, settings, ana, call, "na")
    judge(store, settings, ana, call, "pass")
    assert (row(store, settings).state, row(store, settings).by_person) == ("unknown", False)
    assert (firm(store), changes(store)) == ((1, 1), ["withdrawn", "restored"])


def test_one_verdict_alone_does_the_same(store: Store, settings: Settings, ana: Viewer, call: Call) -> None:
    reviews.override(
        store, settings, ana, call.id, "gets_commitment", "fail", "Lo rechazó el agente, no quedaron."
    )
    assert (row(store, settings).state, changes(store)) == ("withdrawn", ["withdrawn"])


def test_a_promise_put_right_is_the_one_that_counts(
    store: Store, settings: Settings, ana: Viewer, call: Call, tmp_path: Path
) -> None:
    word = PromiseWord("corrected", Decimal(100), "PEN", date(2026, 9, 25), "Yape")
    say(store, settings, ana, call, word)
    now = row(store, settings)
    assert (now.amount, now.due_on, now.by_person, now.read_back) == (
        Decimal(100),
        date(2026, 9, 25),
        True,
        False,
    )
    stands = as_said.promised(store.call(call.id))
    assert stands is not None
    assert stands.channel == "Yape"
    review = store.call(call.id).review
    assert review is not None
    assert review.promise == replace(word, by="Ana", at=NOW)
    file = tmp_path / "pagos.csv"
    file.write_text("cuenta,fecha,monto,moneda\n10-1,2026-09-24,100,PEN\n", encoding="utf-8")
    import_payments(store, settings, HOUSE, file, country="PE")
    assert row(store, settings).state == "kept"
    say(store, settings, ana, call, PromiseWord("as_heard"))
    assert (row(store, settings).amount, row(store, settings).paid) == (Decimal(240), Decimal(0))
    assert changes(store) == ["corrected", "restored"]


def test_who_puts_a_promise_right_is_asked_whether_it_was_read_back(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    def verdict() -> Verdict:
        stands = releases.standing(store, settings, HOUSE, call.id)
        assert stands is not None
        return stands.verdicts[as_said.READ_BACK]

    assert not verdict().needs_review
    say(store, settings, ana, call, PromiseWord("corrected", Decimal(240), "PEN", DUE, "Yape"))
    assert not verdict().needs_review  # sum and day are those that were heard
    say(store, settings, ana, call, PromiseWord("corrected", Decimal(100), "PEN", DUE))
    assert verdict().needs_review
    assert "se juzgó con la que oyó Temple" in verdict().doubt
    opened(store, settings, ana)
    drafting.judge(store, ana, call.id, as_said.READ_BACK, "pass", "Repite cien soles.", now=NOW)
    reviews.finish(store, settings, ana, call.id, now=NOW)
    assert (verdict().outcome, verdict().needs_review) == ("pass", False)


def test_a_word_on_the_promise_outlives_a_new_judgement(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    say(store, settings, ana, call, PromiseWord("none"))
    heard = call.findings.promise
    assert heard is not None
    again = replace(call, findings=Findings(promise=replace(heard, amount=Decimal(200))))
    store.save(again, "nlp-2")
    assert row(store, settings).state == "unknown"
    assert keeping.catch_up(store, settings) == 1
    assert (row(store, settings).state, firm(store)) == ("withdrawn", (0, 0))


def test_a_later_verdict_goes_before_an_earlier_word(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    say(store, settings, ana, call, PromiseWord("corrected", Decimal(100), "PEN", DUE))
    judge(store, settings, ana, call, "fail")
    assert row(store, settings).state == "withdrawn"
    say(store, settings, ana, call, PromiseWord("none"))
    judge(store, settings, ana, call, "pass")
    assert row(store, settings).state == "unknown"


def test_a_promise_that_nobody_heard_is_added_and_taken_back(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    call = put(store, settings, promised=False)
    assert not ledger(store, Asked(settings, HOUSE, today=TODAY)).rows
    say(store, settings, ana, call, PromiseWord("corrected", Decimal(240), "PEN", DUE))
    assert (row(store, settings).amount, firm(store)) == (Decimal(240), (1, 1))
    stands = as_said.promised(store.call(call.id))
    assert stands is not None
    assert call.transcript.turns[stands.quote.turn].speaker == "debtor"
    say(store, settings, ana, call, PromiseWord("as_heard"))
    assert not ledger(store, Asked(settings, HOUSE, today=TODAY)).rows
    assert firm(store) == (0, 0)


def test_the_parts_after_the_first_are_as_the_person_put_them(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    parts = (Part(Decimal(140), date(2026, 9, 30)), Part(Decimal(60), date(2026, 10, 15)))
    say(store, settings, ana, call, PromiseWord("corrected", Decimal(100), "PEN", DUE, later=parts))
    assert row(store, settings).later == parts
    stands = as_said.promised(store.call(call.id))
    assert stands is not None
    assert stands.later == parts
    say(store, settings, ana, call, PromiseWord("corrected", Decimal(240), "PEN", DUE, later=()))
    assert row(store, settings).later == ()


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (PromiseWord("corrected", later=(Part(Decimal(5), DUE),)), "hacen falta el monto y la fecha"),
        (
            PromiseWord("corrected", Decimal(5), "PEN", DUE, later=(Part(Decimal(5), DUE),)),
            "fecha posterior",
        ),
        (PromiseWord("corrected", Decimal(0)), "mayor que cero"),
        (PromiseWord("corrected", Decimal(5), "PEN", date(2026, 9, 13)), "anterior a la llamada"),
    ],
)
def test_a_sum_or_a_day_that_none_can_be_is_refused(
    store: Store, settings: Settings, ana: Viewer, call: Call, word: PromiseWord, why: str
) -> None:
    opened(store, settings, ana)
    with pytest.raises(CoachError, match=why):
        drafting.promise(store, ana, call.id, word, now=NOW)
    assert not ledger(store, Asked(settings, HOUSE, today=TODAY), LedgerFilter(("withdrawn",))).rows


def test_what_was_judged_before_the_ledger_followed_is_caught_up(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    judge(store, settings, ana, call, "fail")
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0030")
        connection.execute(update(findings).values(promised=True, firm_promise=True))
        connection.execute(text("UPDATE promises SET firm = true"))
        command.upgrade(config, "head")
    assert row(store, settings).state == "withdrawn"
    with store.reading() as connection:
        assert not connection.execute(select(findings.c.promised)).scalar_one()


def test_a_promise_heard_with_doubt_is_unsure_until_a_person_has_judged_it(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    call = judged_call(settings, account="10-1")
    promise = Promise(call.transcript.quote(5), Decimal(240), "PEN", DUE, probability=0.7)
    call = replace(call, findings=Findings(promise=promise))
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    assert as_said.unsure(store.call(call.id))
    assert waits(store, settings, call) == [True, True, True]
    judge(store, settings, ana, call, "pass")
    assert as_said.promised(store.call(call.id)) == promise
    assert not as_said.unsure(store.call(call.id))
    assert waits(store, settings, call) == [False, False, False]


def waits(store: Store, settings: Settings, call: Call) -> list[bool]:
    """Whether the promise needs a person: by the API, the call's file and the account's."""
    body = api_data.scorecard(House(store, settings, HOUSE), call.id).body
    out = io.BytesIO()
    account_zip(store, settings, HOUSE, "10-1", out)
    (line,) = zipfile.ZipFile(out).read("veredictos.jsonl").decode().splitlines()
    told = [body.model_dump(), json.loads(of_call.data(store, settings, HOUSE, call.id)), json.loads(line)]
    assert {one["promise"]["amount"] for one in told} <= {240, "240"}
    return [one["promise"]["needs_review"] for one in told]


def test_a_promise_that_a_person_put_right_is_sure(store: Store, settings: Settings, ana: Viewer) -> None:
    call = put(store, settings)
    say(store, settings, ana, call, PromiseWord("corrected", Decimal(200), "PEN", DUE, ""))
    assert not as_said.unsure(store.call(call.id))


# the agreement said again: the head of the paper and the verdict say the same


def verdict(call: Call, outcome: str, *evidence: int) -> Call:
    quotes = tuple(map(call.transcript.quote, evidence))
    said = Verdict(outcome, "", quotes, 0.65)  # type: ignore[arg-type]
    card = call.scorecard
    return replace(call, scorecard=replace(card, verdicts={**card.verdicts, as_said.READ_BACK: said}))


def judged_again(call: Call, outcome: str) -> Call:
    word = Override(as_said.READ_BACK, outcome, "Se oye en el audio.")  # type: ignore[arg-type]
    return replace(call, review=Review(call.id, "ana", NOW, overrides=(word,)))


def heard(call: Call, *, read_back: bool = True, confirmed: bool = True) -> Call:
    found = call.findings.promise
    assert found is not None
    again = call.transcript.quote(4) if read_back else None
    yes = call.transcript.quote(5) if confirmed else None
    promise = replace(found, read_back=again, confirmed=yes)
    return replace(call, findings=replace(call.findings, promise=promise))


def repeated(call: Call) -> str | None:
    found = as_said.promised(call)
    assert found is not None
    return as_said.repeated(call, found)


def test_what_the_debtor_did_not_confirm_is_not_told_as_read_back(call: Call) -> None:
    silent = heard(call, confirmed=False)
    assert repeated(silent) == "unconfirmed"
    assert scorecard_pdf._promise(silent, "en").endswith(
        "the agent read it back, the debtor did not confirm it."
    )
    assert scorecard_pdf._promise(silent, "es").endswith("el agente la repitió, el deudor no la confirmó.")
    assert scorecard_pdf._promise(heard(call), "es").endswith(
        "repetida por el agente y confirmada por el deudor."
    )


@pytest.mark.parametrize("confirmed", [False, True])
def test_who_pays_in_the_debtors_place_is_told_to_answer(call: Call, confirmed: bool) -> None:
    turns = (*call.transcript.turns[:5], replace(call.transcript.turns[5], speaker="other"))
    another = heard(replace(call, transcript=replace(call.transcript, turns=turns)), confirmed=confirmed)
    found = another.findings.promise
    assert found is not None
    promise = replace(found, quote=another.transcript.quote(5))
    another = replace(another, findings=replace(another.findings, promise=promise))
    told = scorecard_pdf._promise(another, "es")
    end = "confirmada por quien paga en lugar del deudor." if confirmed else "no la confirmó."
    assert told.endswith(end)
    assert "en lugar del deudor" in told


def test_a_goodbye_after_the_repetition_is_told_as_no_more_than_that(call: Call) -> None:
    turns = list(call.transcript.turns)
    turns[5] = replace(turns[5], text="Gracias, hasta luego.")
    parted = heard(replace(call, transcript=replace(call.transcript, turns=tuple(turns))), confirmed=False)
    assert repeated(parted) == "parting"
    assert scorecard_pdf._promise(parted, "es").endswith("el deudor solo agradeció o se despidió.")
    assert repeated(judged_again(parted, "fail")) == "unconfirmed"
    assert repeated(judged_again(parted, "pass")) == "confirmed"


def test_a_promise_heard_with_doubt_is_not_told_as_a_plain_one(call: Call) -> None:
    found = call.findings.promise
    assert found is not None
    assert "por confirmar" not in scorecard_pdf._promise(call, "es") + "".join(cli_show.promised(call))
    doubt = replace(call, findings=replace(call.findings, promise=replace(found, probability=0.4)))
    told = "por confirmar: no es seguro que se haya acordado"
    assert told in scorecard_pdf._promise(doubt, "es")
    assert "to confirm: it is not certain that it was agreed" in scorecard_pdf._promise(doubt, "en")
    assert told in "".join(cli_show.promised(doubt))
    yes = Override("gets_commitment", "pass", "Quedaron en eso.")
    heard = replace(doubt, review=Review(call.id, "ana", NOW, overrides=(yes,)))
    assert told not in scorecard_pdf._promise(heard, "es") + "".join(cli_show.promised(heard))


def test_a_part_that_was_repeated_is_told_as_a_part(call: Call) -> None:
    silent = heard(call, read_back=False, confirmed=False)
    assert repeated(verdict(silent, "fail", 4)) == "in_part"
    assert repeated(verdict(silent, "fail")) == "unsaid"


def test_another_sum_that_was_repeated_is_told_as_that(call: Call) -> None:
    silent = heard(call, read_back=False, confirmed=False)
    found = silent.findings.promise
    assert found is not None
    other = replace(silent.findings, promise=replace(found, amount=Decimal(1)))
    judged = verdict(replace(silent, findings=other), "fail", 4)
    assert repeated(judged) == "otherwise"
    assert "con otro monto" in scorecard_pdf._promise(judged, "es")


def test_a_person_who_judged_it_is_followed(call: Call) -> None:
    whole, silent = heard(call), heard(call, confirmed=False)
    assert repeated(judged_again(silent, "pass")) == "confirmed"
    assert repeated(judged_again(silent, "fail")) == "unconfirmed"
    assert repeated(judged_again(whole, "fail")) is None
    assert scorecard_pdf._promise(judged_again(whole, "fail"), "en").endswith("Fri 18 Sept 2026.")


def test_a_promise_heard_with_doubt_counts_as_firm_once_a_person_has_judged_it(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    call = judged_call(settings, account="10-1")
    promise = Promise(call.transcript.quote(5), Decimal(240), "PEN", DUE, probability=0.7)
    store.add_recording(call.transcript.recording)
    store.save(replace(call, findings=Findings(promise=promise)), "nlp-1")
    assert firm(store) == (0, 0)
    assert row(store, settings).state == "vague"
    judge(store, settings, ana, call, "pass")
    assert firm(store) == (1, 1)
    assert row(store, settings).state == "unknown"
    assert not row(store, settings).by_person


@pytest.mark.parametrize(
    ("country", "currency", "told"),
    [("CL", "CLP", "$91.000"), ("MX", "MXN", "$91,000"), (None, "CLP", "CLP 91.000")],
)
def test_the_terminal_writes_a_sum_as_the_country_does(
    call: Call, country: str | None, currency: str, told: str
) -> None:
    found = call.findings.promise
    assert found is not None
    later = (Part(Decimal(91_000), DUE),)
    promise = replace(found, amount=Decimal(91_000), currency=currency, later=later)
    recording = replace(call.transcript.recording, country=country)
    there = replace(
        call,
        transcript=replace(call.transcript, recording=recording),
        findings=replace(call.findings, promise=promise),
    )
    (line,) = cli_show.promised(there)
    line = line.replace("\xa0", " ")
    assert line.startswith(f"Promesa: {told} · ")
    assert f"y otra parte: {told} el " in line
