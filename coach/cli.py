"""The `coach` command: parse, call one function, print. Commands live in `cli_*.py`, heavy imports inside.

Exit codes: 0 all well; 1 some of it failed, the rest was done, or a check found something; 2 nothing was done
(usage, settings, file); 130 and 143 stopped by Ctrl+C and SIGTERM.
"""

from __future__ import annotations

import io
import sys

import typer

from coach import (
    cli_calls,
    cli_complaint,
    cli_db,
    cli_export,
    cli_forms,
    cli_import,
    cli_ingest,
    cli_jobs,
    cli_learn,
    cli_machine,
    cli_models,
    cli_month,
    cli_privacy,
    cli_report,
    cli_retention,
    cli_review,
    cli_rubrics,
    cli_size,
    cli_system,
    cli_tokens,
    cli_train,
    cli_users,
    cli_webhook,
    cli_work,
)
from coach.cli_shared import Group

app = typer.Typer(
    cls=Group,
    help="Temple escucha llamadas de cobranza en español y las evalúa con justicia, sin internet.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.command("demo")(cli_system.demo)
app.command("app")(cli_system.dashboard)
app.command("transcribe")(cli_calls.transcribe)
app.command("import")(cli_import.import_)
app.command("ingest")(cli_ingest.ingest)
app.command("show")(cli_calls.show)
app.command("report")(cli_report.report)
app.command("export")(cli_export.export)
app.command("complaint")(cli_complaint.complaint)
app.command("score")(cli_machine.score)
app.command("tag")(cli_machine.tag)
app.command("eval")(cli_learn.evaluate)
app.command("train")(cli_train.train)
app.command("lab")(cli_rubrics.lab)
app.command("fairness")(cli_rubrics.fairness)
app.command("sample")(cli_review.sample)
app.command("queue")(cli_review.queue)
app.command("lint")(cli_system.lint)
app.command("doctor")(cli_system.doctor)
app.command("size")(cli_size.size)
app.command("work")(cli_work.work)
app.add_typer(cli_jobs.app, name="jobs")
app.add_typer(cli_forms.app, name="form")
app.command("trust")(cli_month.trust)
app.add_typer(cli_month.past, name="past")
app.add_typer(cli_month.payments, name="payments")
app.add_typer(cli_models.app, name="models")
app.add_typer(cli_users.app, name="users")
app.add_typer(cli_db.app, name="db")
app.command("mute")(cli_privacy.mute)
app.add_typer(cli_retention.app, name="retention")
app.add_typer(cli_privacy.person, name="person")
app.add_typer(cli_tokens.app, name="tokens")
app.add_typer(cli_webhook.app, name="webhook")
app.command("train-demo-asr")(cli_models.train_demo_asr)


def main() -> None:
    """Entry point of the `coach` script."""
    from coach import machine_user, quiet

    quiet.install()
    machine_user.tell()
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name of a file that is no UTF-8 must not end a command
        sys.stdout.reconfigure(errors="replace")
    app(prog_name="coach")
