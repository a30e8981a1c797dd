"""Own forms and packs: drafts, what keeps them from being published, versions, and history judged anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

import coach.pipeline
from coach import forms, lint, wiping
from coach.pipeline import forms_of, judge, judge_with, judged_with, pack_for, rubric_of
from coach.rescore import rescore
from coach.reviews import override
from coach.schema import scorecards
from coach.schema_people import audit
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.loader import load_rubric
from rubrics.types import RubricError
from tests.dialogue import dialogue, found
from transcripts.types import Recording

ANA = Viewer(7, "ana", "Ana Ruiz", "trainer")
CALL = "A: Buenas tardes, le habla Ana, de Crédito Norte.\nD: Dígame.\nA: Si no paga lo embargamos."


def base(version: int = 2, more: str = "without: [no_lawyer]\n") -> str:
    """One's own base form, made from Temple's."""
    return f"id: cobranza\nversion: {version}\nlabel: La nuestra\nbased_on: cobranza\n{more}"


def micro(more: str = "for_calls: {portfolio: [micro]}\n", version: int = 1) -> str:
    return f"id: micro\nversion: {version}\nlabel: Micro\nbased_on: cobranza\n{more}"


def peru(version: int = 2) -> str:
    about = f"id: pe\nversion: {version}\nlabel: Perú\ncountry: PE\nreviewed_on: 2026-11-28\nbased_on: pe\n"
    return about + "without: [recording_notice]\n"


def told(text: str, settings: Settings) -> list[str]:
    return [mistake.text for mistake in forms.check(text, settings)]


# drafts


def test_a_draft_is_kept_however_wrong_it_is(settings: Settings) -> None:
    forms.keep_draft(settings, "micro", "id: [")
    (draft,) = forms.drafts(settings)
    assert (draft.name, draft.text) == ("micro", "id: [")
    forms.drop_draft(settings, "micro")
    assert forms.drafts(settings) == ()


def test_a_draft_is_not_in_use(settings: Settings) -> None:
    forms.keep_draft(settings, "micro", micro())
    assert "micro" not in [form.id for form in forms_of(settings)]


@pytest.mark.parametrize("name", ["../fuera", "a/b", "", "Mía"])
def test_a_draft_cannot_be_named_out_of_its_folder(settings: Settings, name: str) -> None:
    with pytest.raises(CoachError, match="un borrador se nombra"):
        forms.keep_draft(settings, name, "")


# what is wrong


def test_a_sound_text_can_be_published(settings: Settings) -> None:
    assert told(base(), settings) == told(peru(), settings) == told(micro(), settings) == []


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            base(more="without: [no_lawer]\n"),
            "5: without: «no_lawer» no está en el archivo en que este se basa (¿quiso decir «no_lawyer»?)",
        ),
        (base(version=1), "2: version: la 1 no es mayor que la 1, que está en uso; súbala a 2"),
        (
            base().replace("id: cobranza", "id: pe"),
            "1: id: «pe» ya es el id de las reglas de un país; elija otro",
        ),
        (peru().replace("id: pe", "id: tercero"), "1: id: «tercero» ya es el id de una pauta; elija otro"),
        (
            base().replace("id: cobranza", "id: ../x"),
            "1: id: se escribe con minúsculas sin ñ ni acentos, números, «_» y «-»",
        ),
        (peru().replace("country: PE", "country: ../x"), "4: country: no es un país (use MX, CO, CL…)"),
        (
            "id: x\n  y: 1\n",
            "2: la línea no empieza a la altura de las demás de su grupo. Corrija los espacios del comienzo.",
        ),
        ("hola", "1: se esperaban claves con sus valores, como en los archivos de Temple"),
    ],
)
def test_what_keeps_a_text_from_being_published_is_told_by_line(
    settings: Settings, text: str, mistake: str
) -> None:
    assert told(text, settings) == [f"línea {mistake}"]


def test_a_mistake_of_the_base_is_told_where_the_base_is_named(settings: Settings) -> None:
    settings.own_forms.mkdir(parents=True)
    (settings.own_forms / "casa.yaml").write_text("id: casa\nversion: x\nlabel: C\n", encoding="utf-8")
    (mistake,) = forms.check(micro().replace("based_on: cobranza", "based_on: casa"), settings)
    assert (mistake.line, mistake.where) == (4, "based_on")
    assert "casa.yaml:2: version: se esperaba un número entero" in mistake.what


# in use


def test_what_is_published_judges_from_the_next_call_on(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call))
    running = judge_with(settings)  # a batch that has begun
    call = dialogue(CALL, country="PE")
    before = running(call).scorecard
    forms.publish(store, settings, base(), ANA, "sin abogado")
    forms.publish(store, settings, peru(), ANA)
    after = running(call).scorecard
    assert ("no_lawyer" in before.verdicts, "no_lawyer" in after.verdicts) == (True, False)
    assert ("recording_notice" in before.pack_verdicts, "recording_notice" in after.pack_verdicts) == (
        True,
        False,
    )
    assert {after.rubric, after.pack} <= judged_with(settings)
    assert not {before.rubric, before.pack} & judged_with(settings)


def test_own_forms_of_a_name_go_before_temples(settings: Settings, store: Store) -> None:
    published = forms.publish(store, settings, base(), ANA)
    assert published.place == settings.own_forms / "cobranza.yaml"
    assert published.used
    assert rubric_of(settings).label == "La nuestra"
    pack = forms.publish(store, settings, peru(), ANA)
    assert pack.place == settings.own_forms / "packs" / "pe.yaml"
    chosen = pack_for(Recording("c", country="PE"), settings)
    assert chosen is not None
    assert chosen.version == 2


def test_a_new_form_for_a_kind_of_call_counts_without_a_word_in_the_settings(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call))
    assert forms.publish(store, settings, micro(), ANA).used
    assert judge(dialogue(CALL, portfolio="Micro"), settings).scorecard.rubric.startswith("micro@")
    assert judge(dialogue(CALL), settings).scorecard.rubric.startswith("cobranza@")


def test_a_form_that_nothing_chooses_is_said_to_be_unused(settings: Settings, store: Store) -> None:
    assert not forms.publish(store, settings, micro(more=""), ANA).used


def test_the_file_that_the_settings_name_is_the_one_replaced(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    mine = tmp_path / "mia.yaml"
    mine.write_text(micro(more=""), encoding="utf-8")
    settings = settings.model_copy(update={"rubric": str(mine)})
    assert forms.publish(store, settings, micro(more="", version=2), ANA).place == mine
    assert rubric_of(settings).version == 2
    assert [one.version for one in forms.versions(settings, "micro")] == [2, 1]


def test_a_mistake_publishes_nothing(settings: Settings, store: Store) -> None:
    with pytest.raises(RubricError, match=r"línea 5: without: .*\nNo se publicó «cobranza», versión 2\."):
        forms.publish(store, settings, base(more="without: [x]\n"), ANA)
    assert not (settings.own_forms / "cobranza.yaml").exists()
    assert forms.versions(settings, "cobranza") == ()


def test_what_would_break_a_form_that_is_based_on_it_changes_nothing(
    settings: Settings, store: Store
) -> None:
    forms.publish(store, settings, base(more=""), ANA)
    forms.publish(store, settings, micro("changes: {no_lawyer: {weight: 1}}\n"), ANA)
    assert told(base(version=3), settings) == [
        "línea 1: «micro» se basa en «cobranza» y no se podría usar más: "
        "micro.yaml:5: changes: «no_lawyer» no está en el archivo en que este se basa"
    ]
    with pytest.raises(
        RubricError, match=r"micro\.yaml:5: changes: «no_lawyer» no está en el archivo"
    ) as refused:
        forms.publish(store, settings, base(version=3), ANA)
    assert str(refused.value).endswith(
        "No se publicó «cobranza», versión 3. Sigue en uso la versión 2. Corríjalo y vuelva a intentarlo."
    )
    assert "no se usará" not in str(refused.value)
    assert rubric_of(settings).version == 2
    assert [one.version for one in forms.versions(settings, "cobranza")] == [2, 1]


def test_a_file_that_was_spoilt_by_hand_is_put_right_and_kept_as_a_draft(
    settings: Settings, store: Store
) -> None:
    forms.publish(store, settings, base(), ANA)
    place = settings.own_forms / "cobranza.yaml"
    place.write_text("id: cobranza\nversion: dos\n", encoding="utf-8")
    assert told(base(3), settings) == []
    assert forms.publish(store, settings, base(3), ANA).used
    assert rubric_of(settings).version == 3
    assert [(one.name, one.text) for one in forms.drafts(settings)] == [
        ("cobranza-anterior", "id: cobranza\nversion: dos\n")
    ]


def test_only_who_may_write_forms_publishes(settings: Settings, store: Store) -> None:
    lead = Viewer(8, "leo", "Leo", "lead")
    with pytest.raises(CoachError, match="no tiene permiso"):
        forms.publish(store, settings, base(), lead)
    with pytest.raises(CoachError, match="no tiene permiso"):
        forms.restore(store, settings, "cobranza", "abc", lead)


def test_who_published_what_is_in_the_log(settings: Settings, store: Store) -> None:
    new = forms.publish(store, settings, base(), ANA, "sin abogado")
    with store.reading() as connection:
        (entry,) = connection.execute(select(audit)).all()
    assert (entry.user_id, entry.login, entry.action, entry.subject) == (
        7,
        "ana",
        "form.publish",
        "form:cobranza",
    )
    assert json.loads(entry.detail) == {"version": 2, "digest": new.form.digest, "note": "sin abogado"}


# versions


def test_every_version_is_kept_with_who_and_why(settings: Settings, store: Store) -> None:
    temples = load_rubric()
    forms.publish(store, settings, base(), ANA, "sin abogado")
    third = forms.publish(store, settings, base(3, ""), HOUSE, "otra vez")
    kept = forms.versions(settings, "cobranza")
    assert [(one.version, one.by, one.note, one.in_use) for one in kept] == [
        (3, "Temple", "otra vez", True),
        (2, "Ana Ruiz", "sin abogado", False),
        (1, "", "", False),
    ]
    assert (kept[0].digest, kept[2].digest) == (third.form.digest, temples.digest)
    texts = [path.name for path in sorted((settings.own_forms / "versions" / "cobranza").glob("*.yaml"))]
    assert texts == [f"{one.version}-{one.digest}.yaml" for one in reversed(kept)]


def test_an_earlier_version_is_put_in_use_as_it_was(settings: Settings, store: Store) -> None:
    second = forms.publish(store, settings, base(), ANA).form
    forms.publish(store, settings, base(3, ""), ANA)
    forms.restore(store, settings, "cobranza", second.digest, ANA, "mejor así")
    assert rubric_of(settings).name == second.name
    first, *others = forms.versions(settings, "cobranza")
    assert (first.version, first.note, first.in_use) == (2, "mejor así", True)
    assert [one.version for one in others] == [3, 1]


def test_temples_own_form_can_be_put_in_use_again(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, base(), ANA)
    forms.restore(store, settings, "cobranza", load_rubric().digest, ANA)
    assert rubric_of(settings).name == load_rubric().name
    assert told(base(3), settings) == []  # and one's own may follow


def test_a_version_that_is_not_there_is_told(settings: Settings, store: Store) -> None:
    with pytest.raises(CoachError, match="cobranza: no hay ninguna versión «abc»"):
        forms.restore(store, settings, "cobranza", "abc", ANA)
    with pytest.raises(CoachError, match="no es el id de una pauta"):
        forms.versions(settings, "../x")


# history


@pytest.fixture
def history(store: Store, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[str]:
    """Two stored calls, one of a kind with its own form, judged by Temple's forms."""
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call, "threat@2: embargamos"))
    for recording_id, kind in (("c-1", None), ("c-2", "tercero")):
        call = judge(dialogue(CALL, id=recording_id, call_type=kind), settings)
        store.add_recording(call.transcript.recording)
        store.save(call, "nlp-1")
    return ["c-1", "c-2"]


@pytest.mark.usefixtures("history")
def test_history_stays_as_it_was_until_it_is_judged_anew(settings: Settings, store: Store) -> None:
    before = store.call("c-1")
    forms.publish(store, settings, base(more="without: [firm]\n"), ANA)
    assert store.call("c-1") == before
    done = rescore(store, settings, "cobranza")
    assert (done.calls, done.changed, done.failed) == (1, 1, ())
    assert "firm" not in store.call("c-1").scorecard.verdicts
    assert store.call("c-2").scorecard.rubric.startswith("tercero@1+")
    with store.reading() as connection:
        cards = connection.execute(
            select(scorecards.c.rubric).where(scorecards.c.recording_id == "c-1").order_by(scorecards.c.id)
        ).scalars()
        assert [name.partition("+")[0] for name in cards] == ["cobranza@1", "cobranza@2"]


@pytest.mark.usefixtures("history")
def test_calls_that_a_form_is_no_longer_for_are_judged_anew_too(settings: Settings, store: Store) -> None:
    text = "id: tercero\nversion: 2\nlabel: T\nbased_on: tercero\nfor_calls: {campaign: [x]}\n"
    forms.publish(store, settings, text, ANA)
    assert rescore(store, settings, "tercero").calls == 1
    assert store.call("c-2").scorecard.rubric.startswith("cobranza@")


@pytest.mark.usefixtures("history")
def test_a_persons_word_holds_on_the_new_scorecard(settings: Settings, store: Store) -> None:
    override(store, settings, HOUSE, "c-1", "no_threats", "fail", "")
    forms.publish(store, settings, base(), ANA)
    rescore(store, settings, "cobranza")
    with store.reading() as connection:
        void = connection.exec_driver_sql(
            "select void from standings join scorecards on scorecards.id = scorecard_id "
            "where current and recording_id = 'c-1'"
        ).scalar()
    assert void


def test_dates_of_versions_are_utc(settings: Settings, store: Store) -> None:
    forms.publish(store, settings, base(), ANA)
    newest = forms.versions(settings, "cobranza")[0]
    assert newest.at.tzinfo == UTC
    assert newest.at <= datetime.now(UTC)


def test_a_call_that_fails_costs_no_other(
    settings: Settings, store: Store, keep: Callable[..., Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("a")
    keep("b")
    real = coach.rescore.rescored

    def one_fails(call: Call, settings: Settings) -> Call:
        if call.id == "b":
            raise CoachError("No se puede.")
        return real(call, settings)

    monkeypatch.setattr(coach.rescore, "rescored", one_fails)
    done = rescore(store, settings, "cobranza")
    assert (done.calls, done.failed) == (1, ("b: No se puede.",))


@pytest.mark.usefixtures("history")
def test_a_call_whose_words_were_erased_stays_as_it_is_and_is_counted(
    settings: Settings, store: Store
) -> None:
    with store.writing() as connection:
        wiping.wipe_words(connection, "c-1", "person", datetime(2026, 11, 28, tzinfo=UTC))
    before = store.call("c-1")
    forms.publish(store, settings, base(), ANA)
    done = rescore(store, settings, "cobranza")
    assert (done.calls, done.failed, done.wordless) == (0, (), 1)
    assert store.call("c-1") == before


def test_an_id_that_a_rule_of_a_country_bears_is_refused(settings: Settings, tmp_path: Path) -> None:
    new = """criteria:
  - id: recording_notice
    label: Avisa
    group: apertura
    check: says
    params: {all_of: {el aviso: [recording_notice]}}
    weight: 2
    help: Avisa de la grabación.
"""
    (wrong,) = forms.check(base(more=new), settings)
    assert (wrong.line, wrong.where) == (6, "recording_notice")
    assert "es ya el id de una regla de país" in wrong.text
    file = tmp_path / "mia.yaml"
    file.write_text(base(more=new), encoding="utf-8")
    assert lint.check(file)[0].startswith("mia.yaml:6: recording_notice: «recording_notice» es ya el id")


def test_it_is_told_with_the_other_mistakes_of_the_text(settings: Settings, tmp_path: Path) -> None:
    """Not only once they are mended."""
    new = """criteria:
  - id: recording_notice
    label: Avisa
    group: apertura
    check: sayz
    weight: 2
    help: Avisa de la grabación.
"""
    file = tmp_path / "mia.yaml"
    file.write_text(base(more=new), encoding="utf-8")
    told = [mistake.text for mistake in forms.check(base(more=new), settings)], lint.check(file)
    for mistakes in told:
        assert any("sayz" in one for one in mistakes)
        assert any("es ya el id de una regla de país" in one for one in mistakes)
