"""The playbook file: a wording for each objection and step, and every mistake named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics.labels import OBJECTIONS
from rubrics.playbook import Playbook, Wording, load_playbook
from rubrics.types import RubricError

PLAY = """\
  - objection: {objection}
    why: Porque sí.
    recognise: [Comprendo.]
    explore: ["¿Qué ocurrió?"]
    answer: [Podemos verlo juntos.]
    avoid: [Insistir.]
    replies:
      - Lo vemos juntos.
      - "Son {{monto}}, señor."
      - {{say: Con confianza., in: [MX], tone: calido}}
"""
GOOD = "version: 1\nplays:\n" + "".join(PLAY.format(objection=name) for name in OBJECTIONS)
FIRST = 3  # the line of the first play
LAST = FIRST + 10 * (len(OBJECTIONS) - 1)


def load(folder: Path, text: str) -> Playbook:
    path = folder / "mio.yaml"
    path.write_text(text, encoding="utf-8")
    return load_playbook(path)


def mistakes(folder: Path, right: str, wrong: str) -> list[str]:
    """What is said of the good file with `wrong` for the first `right` in it."""
    assert right in GOOD
    with pytest.raises(RubricError) as refused:
        load(folder, GOOD.replace(right, wrong, 1))
    return str(refused.value).splitlines()[:-1]


def test_a_plain_sentence_is_a_wording_for_everybody(tmp_path: Path) -> None:
    play = load(tmp_path, GOOD).play("no_money")
    assert play.replies[0] == Wording(say="Lo vemos juntos.")
    assert (play.replies[2].in_, play.replies[2].tone) == (("MX",), "calido")


def test_a_wording_tells_its_slots(tmp_path: Path) -> None:
    replies = load(tmp_path, GOOD).play("hostile").wordings("replies")
    assert [wording.slots for wording in replies] == [set(), {"monto"}, set()]


def test_a_play_may_ask_for_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).play("already_paid").wordings("ask") == ()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "{monto}",
            "{mont}",
            "mio.yaml:11: plays › 1 › replies › 2: dato desconocido {mont} (¿quiso decir «monto»?)"
            "; hay: nombre, monto, fecha, "
            "segunda_fecha, empresa, agente, producto, dias, oferta",
        ),
        (
            "{monto}",
            "{monto",
            "mio.yaml:11: plays › 1 › replies › 2 › say: una llave no se abre o no se cierra;"
            " un dato se escribe {monto}",
        ),
        (
            "{monto}",
            "{}",
            "mio.yaml:11: plays › 1 › replies › 2: dato desconocido {}; hay: nombre, monto, fecha, "
            "segunda_fecha, empresa, agente, producto, dias, oferta",
        ),
        (
            "tone: calido",
            "tone: cálido",
            "mio.yaml:12: plays › 1 › replies › 3 › tone: debe ser uno de 'calido', 'directo', 'formal' o"
            " 'sencillo' (¿quiso decir «calido»?)",
        ),
        (
            "tone: calido",
            "tono: calido",
            "mio.yaml:12: plays › 1 › replies › 3 › tono: clave desconocida «tono» (¿quiso decir «tone»?)",
        ),
        ("    avoid: [Insistir.]\n", "", "mio.yaml:3: plays › 1 › avoid: falta este dato"),
        (
            'explore: ["¿Qué ocurrió?"]',
            "explore: []",
            "mio.yaml:6: plays › 1 › explore: no puede quedar vacío",
        ),
        (
            "- Lo vemos juntos.",
            "- {say: Lo vemos juntos., not_in: [CO]}",
            "mio.yaml:3: plays › no_money:"
            " al menos una respuesta debe poder decirse sin datos y en todo país",
        ),
    ],
)
def test_a_mistake_is_named_by_line_with_what_was_meant(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert mistakes(tmp_path, right, wrong) == [told]


def test_an_objection_has_one_play(tmp_path: Path) -> None:
    assert mistakes(tmp_path, f"objection: {OBJECTIONS[-1]}", "objection: no_money") == [
        f"mio.yaml:2: plays: falta la entrada de «{OBJECTIONS[-1]}»",
        f"mio.yaml:{LAST}: plays › no_money: esta objeción ya tiene su entrada más arriba",
    ]


def test_an_objection_that_nobody_knows_is_named_with_the_nearest(tmp_path: Path) -> None:
    last = OBJECTIONS[-1]
    assert mistakes(tmp_path, f"objection: {last}", f"objection: {last[:-1]}") == [
        f"mio.yaml:2: plays: falta la entrada de «{last}»",
        f"mio.yaml:{LAST}: plays › {last[:-1]}: objeción desconocida «{last[:-1]}» (¿quiso decir «{last}»?)",
    ]


def test_a_play_needs_three_replies(tmp_path: Path) -> None:
    told = mistakes(tmp_path, "      - Lo vemos juntos.\n", "")
    assert told == ["mio.yaml:9: plays › 1 › replies: hacen falta al menos 3"]
