"""The better lines of a call: beside each failed criterion, what to say instead, as it fits the call."""

from __future__ import annotations

from coach import as_said
from coach.pipeline import pack_for
from coach.settings import Settings
from coach.types import Call
from rubrics import better
from rubrics.types import Criterion, Verdict


def better_line(call: Call, criterion: Criterion, verdict: Verdict, settings: Settings) -> str:
    """What to say instead of what `verdict` fails, by the playbook and the country's rules in use; "" where
    no line would do. It answers what was objected as people left it: the same wherever the verdict stands.
    """
    from coach.guide import guide  # the models load here: who reads of calls alone does not wait for them

    pack = pack_for(call.transcript.recording, settings) if call.scorecard.pack else None
    playbook = guide(settings).playbook
    findings = as_said.relabelled(call).findings
    return better.better(criterion, verdict, findings, call.transcript, playbook, pack)
