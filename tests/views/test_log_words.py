"""Whatever is written into the log has words on its screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from coach import audit, best_answers, blind, brought, chores, intact
from coach.ages import What
from coach.api_data import ASKING
from coach.retention import Rule
from coach.store import Store
from coach.viewers import HOUSE
from tests.views.test_screens import screen, texts
from views import _log_details, _log_words

ROOT = Path(__file__).parents[2]
WRITING = ("audit.record", "audit.note", "audit.seen")

# what is no literal where it is written, and what it may be
ACTIONS = {
    ("best_answers.py", "state"): set(get_args(best_answers.State)) - {"proposed"},
    ("blind.py", "SAW"): {blind.SAW},
    ("chores.py", "kind"): set(get_args(chores.Kind)),
    ("closing.py", "intact.SIGN"): {intact.SIGN},
    ("coaching.py", "action"): {"plan.drop", "plan.close"},
    ("comments.py", "action"): {"edit_comment", "delete_comment"},
    ("forms.py", "f'form.{action}'"): {"form.publish", "form.restore"},
    ("own_wordings.py", "action"): {
        "playbook.add", "playbook.leave_out", "playbook.take_back", "playbook.restore"
    },
    ("scenarios.py", "f'scenario.{action}'"): {"scenario.publish", "scenario.restore"},
    ("teams.py", "what"): {"team", "dialler"},
    ("_session.py", "action"): {blind.SAW, blind.SAW_BARE},
}  # fmt: skip
SUBJECTS = {
    ("blind.py", "*calls"): {"call"},
    ("closing.py", "intact.subject(close_id)"): {"close"},
    ("closing.py", "subject"): {"close"},
    ("holds.py", "of"): {"call", "hold"},
    ("of_week.py", "subject"): {"team"},
    ("own_wordings.py", "f'playbook:{objection}' if objection else 'playbook:'"): {"playbook"},
    ("teams.py", "subject"): {"user"},
    ("_session.py", "subject"): {"call"},
}


def entries() -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """(file, action, subject) of every call that writes an entry, but for those inside `coach.audit`."""
    for file in [*(ROOT / "coach").rglob("*.py"), *(ROOT / "views").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            # the server hands them to another thread: `run_in_threadpool(audit.note, …)`
            called, *args = (node.func, *node.args)
            if "run_in_threadpool" in ast.unparse(called):
                called, *args = args
            if ast.unparse(called) in WRITING:
                yield file.name, args[2], args[3]


def beginning(written: ast.expr) -> str | None:
    """The text that a literal, or a text with slots, begins with; None where it is another expression."""
    if isinstance(written, ast.JoinedStr):
        written = written.values[0]
    return written.value if isinstance(written, ast.Constant) and isinstance(written.value, str) else None


def test_every_action_and_kind_of_the_log_has_words() -> None:
    found = list(entries())
    assert len(found) > 50
    actions, kinds = set[str](), set[str]()
    for file, action, subject in found:
        literal = action.value if isinstance(action, ast.Constant) else None
        actions |= {str(literal)} if literal else ACTIONS[file, ast.unparse(action)]
        known = SUBJECTS.get((file, ast.unparse(subject)))
        kinds |= known or {str(beginning(subject)).partition(":")[0]}
    assert actions - _log_words.actions().keys() == set()
    assert kinds - _log_words.kinds().keys() == set()


def test_every_detail_of_the_log_has_words() -> None:
    keys = {
        keyword.arg
        for file in (ROOT / "coach").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in WRITING
        for keyword in node.keywords
    }
    keys |= set(Rule.__dataclass_fields__) | set(get_args(What))  # handed over whole
    told = {key for key in keys if key and key not in ("task", "user") and not key.endswith("_id")}
    assert told - _log_details.names().keys() == set()


def test_values_of_details_have_words_too(fresh: Store) -> None:
    audit.note(fresh, HOUSE, "retention.erase", "call:a", what="audio, words")
    audit.note(fresh, HOUSE, "token.create", "token:bi", reach="team")
    audit.seen(fresh, HOUSE, "api", "api:teams/weeks")
    said = texts(screen("log"))
    for words in ("qué: audio, texto", "alcance: un equipo", "API semanas de los equipos"):
        assert words in said


def test_everything_that_a_program_can_ask_for_has_words() -> None:
    for name in (*ASKING, "call", "openapi"):
        assert _log_details.resource(name) != name


def test_opening_a_review_is_told_as_no_verdict(fresh: Store) -> None:
    audit.note(fresh, HOUSE, "review", "call:mx-1", blind=False)
    audit.note(fresh, HOUSE, "confirm", "call:mx-1", **{"pass": ["greeting", "firm"]})
    said = texts(screen("log"))
    assert "| abrió la revisión de | " in said
    assert "revisó" not in said
    assert "| confirmó veredictos | " in said
    assert "cumple: greeting, firm" in said


def test_an_import_names_its_file(fresh: Store) -> None:
    brought.note(fresh, "coach import", (), {Path("nov.jsonl"): ["a", "b"], Path("555-12.txt"): ["c"]}, new=3)
    said = texts(screen("log"))
    assert "archivos: nov.jsonl (2), llamadas: c, nuevos: 3" in said.replace("\\", "")


def test_what_has_no_name_is_found_by_its_kind(fresh: Store) -> None:
    audit.note(fresh, HOUSE, "jobs.pause", "jobs")
    audit.note(fresh, HOUSE, "propose", "answers:no_money", new=2)
    said = texts(screen("log", kind="jobs"))
    assert "pausó la cola | trabajos" in said
    assert "propuso" not in said
    assert "| propuso respuestas | respuestas propuestas: " in texts(screen("log"))


def test_a_file_of_a_call_is_told_by_its_format_and_with_names_where_it_has_them(fresh: Store) -> None:
    for kind, names in (("pdf", True), ("json", False)):
        audit.note(fresh, HOUSE, "export", "call:mx-1", format=kind, names=names)
    said = _log_words.table(audit.entries(fresh, HOUSE, action="export").rows)
    assert r"formato\: pdf" in said
    assert r"formato\: json" in said
    assert r"con nombres\: sí" in said


def test_an_instant_in_the_log_is_written_as_a_moment(fresh: Store) -> None:
    at = datetime(2026, 11, 30, 7, 49, 7, 981307, tzinfo=UTC)
    with fresh.writing() as connection:
        audit.record(connection, HOUSE, "release", "call:mx-1", visible_from=at)
    said = texts(screen("log"))
    assert "visible desde: lun 30 nov 2026, 07:49 UTC" in said
    assert "981307" not in said


def test_an_entry_of_the_terminal_names_the_machines_user_where_it_was_kept() -> None:
    def row(**detail: str) -> str:
        at = datetime(2026, 11, 30, 10, tzinfo=UTC)
        return _log_words.table((audit.Entry(at, "", "jobs.pause", "jobs", detail),)).splitlines()[-1]

    assert "| la terminal |" in row()
    said = row(machine_user="perla").replace("\\", "")
    assert "| la terminal (perla) |" in said
    assert said.count("perla") == 1
