"""What stands over a call's player: the steps to other calls, who and when, what is asked of the viewer."""

from __future__ import annotations

from coach.types import Call
from rubrics.settled import Settled
from views import _call_agent, _call_parts, _call_privacy, _call_review, _call_steps, _session


def top(call: Call, now: Settled | None, *, reviewing: bool) -> None:
    """`now` is where the call stands, None to who reviews it blind; less of it while the viewer reviews."""
    _call_steps.steps(call)
    _call_parts.header(call, now, short=reviewing)
    if _session.viewer().role == "agent" and now is not None:
        _call_agent.top(call, now)
    else:
        _call_review.top(call)
        if now is not None:
            _call_agent.answers(call)
    if now is not None and not reviewing:
        _call_parts.critical(call, now, _session.form(call), _session.pack(call))
    _call_privacy.switch()
    _call_privacy.gone(call)
