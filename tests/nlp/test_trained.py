"""The trained taggers at work, on sentences that no training author wrote."""

from __future__ import annotations

from copy import copy
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from models.loader import load
from nlp.analyze import analyze
from nlp.cues import Side
from nlp.labels import act_ids, labels, objection_ids
from nlp.learn.examples import read_examples
from nlp.learn.stack import FEW, rules_alone
from nlp.learn.train import fit_stacks
from nlp.merged import SOURCE, to_bar
from nlp.pipeline import clause, read_turns, turn_pipeline
from nlp.stack import Stack
from nlp.tagger import Label, hear
from nlp.trained import FOLDER, SIDES, Taggers, labels_of, taggers
from nlp.utterance import tag, tag_all
from tests.dialogue import dialogue

CALL = """
    A: Buenas tardes, ¿hablo con la señora Irene Campos? Le saluda Tomás Vera, de Crédito Norte.
    D: Sí, con ella.
    A: Su cuota de marzo, de 1,500 pesos, lleva doce días vencida. ¿Qué pasó con el pago?
    D: Es que me recortaron las horas en la maquila y apenas sale para la comida.
    A: Lamento lo de sus horas, señora Irene. ¿Con cuánto puede empezar esta semana?
"""


def test_every_voter_speaks_of_the_labels_of_the_taxonomy() -> None:
    assert set(labels_of("debtor")) == set(objection_ids())
    assert set(labels_of("agent")) == set(act_ids()) - {"none", "tuteo"}
    every = set(labels_of("agent")) | set(labels_of("debtor"))
    assert taggers().known == every, "the linear tagger learns a new label by `coach train`, on any processor"
    # the net may be older than a label, which has no word of it then: training it takes a GPU
    assert set(taggers().net.labels) <= every | {"tuteo"}, "the net knows what labels.yaml has not"


@pytest.mark.parametrize("side", ["debtor", "agent"])
def test_the_taggers_in_place_hear_every_label_in_its_own_examples(side: Side) -> None:
    """One that a training has made deaf to a label is not to be handed in."""
    known = labels().objections if side == "debtor" else labels().acts
    said = [(name, text) for name, label in known.items() for text in label.examples]
    heard = tag_all([(side, text) for _, text in said])
    deaf = [(name, text) for (name, text), found in zip(said, heard, strict=True) if name not in ids(found)]
    assert not deaf


def ids(found: list[Label]) -> set[str]:
    return {one.id for one in found}


def test_a_story_without_the_usual_words_is_an_objection_all_the_same() -> None:
    found = [
        f for f in analyze(dialogue(CALL, call_started_at=date(2025, 4, 2))).findings if f.quote.turn == 3
    ]
    assert {f.label for f in found} & {"job_loss", "no_money"}


def test_a_turn_is_one_doc_with_its_cues_as_spans() -> None:
    doc = read_turns([("debtor", "Me quedé sin trabajo en enero.")])[0].doc
    assert [(span.text, span.label_) for span in doc._.cues if span.label_ == "job_loss"] == [
        ("Me quedé sin trabajo", "job_loss")
    ]


def test_a_quote_is_the_clause_around_what_carries_the_label() -> None:
    doc = read_turns([("debtor", "No, señorita, no me alcanza. Otro día hablamos.")])[0].doc
    start, end = clause(doc, 20, 24)
    assert doc.text[start:end] == "no me alcanza"


def test_a_quote_is_not_cut_off_before_the_end_of_its_clause() -> None:
    text = "Mire, otra gente a esta altura ya se cae de vergüenza. Pague."
    doc = read_turns([("agent", text)])[0].doc
    start = text.index("gente")
    first, end = clause(doc, start, start + len("gente"))
    assert doc.text[first:end] == "otra gente a esta altura ya se cae de vergüenza"


def test_of_a_long_clause_only_the_words_nearby_are_quoted() -> None:
    text = "pues x y z w v a b c d e f g h lo perdí todo i j k l m n o p q r s t"
    doc = read_turns([("debtor", text)])[0].doc
    start = text.index("perdí")
    first, end = clause(doc, start, start + len("perdí"))
    assert doc.text[first:end] == "d e f g h lo perdí todo i j k l m"


def test_scores_do_not_hang_on_what_else_is_in_the_batch() -> None:
    one = read_turns([("debtor", "Ando corto de dinero este mes.")], in_call=False)[0]
    many = read_turns(
        [
            ("agent", "¿Qué pasó con su pago?"),
            ("debtor", "Ando corto de dinero este mes."),
            ("debtor", "Sí."),
        ],
        in_call=False,
    )[1]
    assert np.allclose(one.said.net, many.said.net, atol=1e-4)
    assert np.allclose(one.said.linear, many.said.linear, atol=1e-5)


def test_many_utterances_are_tagged_as_each_by_itself() -> None:
    said = [("debtor", "Me operaron la semana pasada."), ("agent", "Que tenga buena tarde, gracias.")]
    assert tag_all(said) == [tag(text, speaker) for speaker, text in said]


def test_a_label_newer_than_the_taggers_is_the_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here `job_loss` is it: the stacks, the linear tagger and the net know nothing of it."""
    use(without("job_loss", "refusal"), monkeypatch)
    assert {label.id for label in tag("Me quedé sin trabajo en enero.", "debtor")} >= {"job_loss"}
    lines = "A: ¿Qué pasó con el pago?\nD: Es que me quedé sin trabajo en enero."
    found = analyze(dialogue(lines, call_started_at=date(2025, 4, 2))).findings
    assert {f.source.partition(":")[0] for f in found if f.label == "job_loss"} == {"rule"}


def test_a_new_label_without_dev_lines_is_heard_by_the_rules_after_a_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here `job_loss` is it: the linear tagger has learned it from few lines; net and dev part have none."""
    known = taggers()
    side = known.linear["debtor"]
    assert set(side.labels) == set(labels_of("debtor")), "a new label is learned by `coach train` first"
    few = np.array([0.2 if name == "job_loss" else 1.0 for name in side.labels], np.float32)
    linear = SimpleNamespace(labels=side.labels, scores=lambda seen: side.scores(seen) * few)
    voters = {**known.linear, "debtor": linear}
    net = SimpleNamespace(
        labels=tuple("" if name == "job_loss" else name for name in known.net.labels), read=known.net.read
    )
    dev = [e for e in read_examples(splits=("dev",)) if not any("job_loss" in t.ids for t in e.turns)]
    calls, singles = ([e for e in dev if e.kind == kind] for kind in ("call", "turn"))
    fit_stacks([*calls[::8], *singles[::4]], Taggers(voters, net, {}), tmp_path)
    kinds = [(side, mode) for side in SIDES for mode in ("call", "utterance")]
    stacks = {(side, mode): Stack(load(f"stack-{side}-{mode}", tmp_path)[0]) for side, mode in kinds}
    use(Taggers(voters, net, stacks), monkeypatch)
    assert "job_loss" in ids(tag("Me quedé sin trabajo en enero.", "debtor"))
    lines = "A: ¿Qué pasó con el pago?\nD: Es que me quedé sin trabajo en enero."
    found = analyze(dialogue(lines, call_started_at=date(2025, 4, 2))).findings
    assert {f.source.partition(":")[0] for f in found if f.label == "job_loss"} == {"rule"}
    assert "no_money" in ids(tag("No me alcanza para la cuota.", "debtor")), "the others are weighed as ever"


def use(older: Taggers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn_pipeline().get_pipe("temple_tagger"), "_taggers", older)
    for module in ("merged", "utterance", "by_sentence"):
        monkeypatch.setattr(f"nlp.{module}.taggers", lambda: older)


def test_only_a_label_with_too_little_to_weigh_it_by_has_no_threshold() -> None:
    truth = np.zeros((40, 4), bool)
    truth[:FEW, 0] = truth[: FEW - 1, 1] = truth[0, 2] = True  # the fourth is on no turn
    names = ("no_money", "job_loss", "refusal", "hostile")
    assert rules_alone(truth, names, {"refusal", "hostile"}) == {"job_loss", "hostile"}
    assert rules_alone(truth, names, set(names)) == {"hostile"}
    assert not rules_alone(truth[:, 3:], ("threat",), set()), "what can cost points keeps its high one"


def test_a_label_newer_than_the_net_alone_is_quoted_by_the_turn() -> None:
    known = taggers()
    names = [name if name != "job_loss" else "other" for name in known.net.labels]
    net = SimpleNamespace(labels=tuple(names), read=known.net.read)
    heard = [hear("Me quedé sin trabajo.", "debtor")]
    (said,) = Taggers(known.linear, net, known.stacks).read([("debtor", "Me quedé sin trabajo.")], heard)
    assert said.net[said.labels.index("job_loss")] == 0.0
    assert said.span("job_loss") == (0, len("Me quedé sin trabajo."))


def without(*labels: str) -> Taggers:
    """The taggers as they would be, had they been trained before these labels were thought of."""
    known = taggers()
    side = known.linear["debtor"]
    stays = [i for i, name in enumerate(side.labels) if name not in labels]
    linear = SimpleNamespace(
        labels=tuple(side.labels[i] for i in stays), scores=lambda seen: side.scores(seen)[:, stays]
    )
    stacks = dict(known.stacks)
    for mode in ("call", "utterance"):
        stack = copy(known.stacks["debtor", mode])
        votes = len(stack._slopes) - len(side.labels)
        stack._slopes = stack._slopes[[*range(votes), *(votes + i for i in stays)]]
        stack.bars = {name: bar for name, bar in stack.bars.items() if name not in labels}
        stacks["debtor", mode] = stack
    return Taggers({**known.linear, "debtor": linear}, known.net, stacks)


def test_nothing_said_is_nothing_found() -> None:
    assert tag_all([]) == []
    assert tag("", "debtor") == []
    assert [label.id for label in tag("…", "agent")] == ["none"]


@pytest.mark.parametrize(
    ("score", "own", "wanted", "drawn"), [(0.3, 0.3, 0.5, 0.5), (0.15, 0.3, 0.5, 0.25), (1.0, 0.3, 0.5, 1.0)]
)
def test_a_labels_own_threshold_falls_on_the_common_mark(
    score: float, own: float, wanted: float, drawn: float
) -> None:
    assert to_bar(score, own, wanted) == pytest.approx(drawn)


def test_a_changed_file_is_refused(tmp_path) -> None:
    import shutil

    from models.card import ModelError
    from models.loader import verify

    for file in FOLDER.iterdir():
        shutil.copy(file, tmp_path / file.name)
    (tmp_path / "labels.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="cambió la suma"):
        verify("net", tmp_path)


def test_the_source_names_the_model() -> None:
    assert SOURCE.startswith("model:")
