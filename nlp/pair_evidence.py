"""What speaks for a sum and a day as one agreement, and for there being an agreement at all."""

from __future__ import annotations

from nlp.evidence import CallView, Evidence
from nlp.mentions import Mention, Worth

_FARTHEST = 12  # turns
_LAST = 4  # turns of a side that close the call
_LONG = 60  # turns
_UNSETTLED = ("vague_promise", "refusal", "needs_third_party", "already_paid", "not_my_debt")


def of_pair(view: CallView, amount: Worth, day: Worth) -> Evidence:
    """Evidence that lies in how a sum and a day stand to each other."""
    sums, days = view.sums[amount], view.days[day]
    at_sum, at_day = {m.turn for m in sums}, {m.turn for m in days}
    shared = at_sum & at_day
    agent = sorted(i for i in shared if i in view.agent_joint)
    gap = min(abs(x - y) for x in at_sum for y in at_day)
    figures: dict[str, float] = {
        "pair_agent": bool(agent),
        "pair_far": len(shared) > len(agent),
        "pair_last_agent": bool(view.agent_joint) and view.agent_joint[-1] in agent,
        "pair_last": bool(view.joint) and view.joint[-1] in shared,
        "pair_gap": min(gap, _FARTHEST) / _FARTHEST,
        "pair_next": gap == 1,
        "pair_near": gap <= 2,
        "pair_last_gap": min(abs(sums[-1].turn - days[-1].turn), _FARTHEST) / _FARTHEST,
        "pair_place": view.place(max(shared)) if shared else 0.0,
        "pair_on_table": view.settled and view.agreed == (amount, day),
        "pair_unsaid": all(m.by_agent for m in (*sums, *days)),
        "pair_rest": all(m.rest for m in sums) or all(m.rest for m in days),
        "pair_read_back": bool(shared & view.read_backs),
        "bias": 1.0,
    }
    figures |= _side_by_side(view, amount, day, shared) | _agent_sums_up(view, sums, days, agent)
    return {name: float(value) for name, value in figures.items()}


def _side_by_side(view: CallView, amount: Worth, day: Worth, shared: set[int]) -> Evidence:
    """Sum and day with nothing between them; earlier or later parts in the same turn."""
    out = dict.fromkeys(
        ("pair_beside_agent", "pair_beside_far", "pair_leads", "pair_earlier_part", "pair_first_part",
         "beside_yes", "beside_no", "beside_counter", "beside_other", "beside_end", "beside_stated",
         "beside_last"), 0.0
    )  # fmt: skip
    for turn in shared:
        pairs = view.beside[turn]
        mine = [(s, d) for s, d in pairs if (s.worth, d.worth) == (amount, day)]
        if mine:
            by_agent = mine[0][0].by_agent
            out["pair_beside_agent" if by_agent else "pair_beside_far"] = 1.0
            out[f"beside_{view.replies[turn]}"] = 1.0 if by_agent else 0.0
            stated = not any(m.in_question for m in mine[0])
            out["beside_stated"] = max(out["beside_stated"], float(stated and by_agent))
            out["beside_last"] = float(by_agent and turn == view.agent_joint[-1])
            if len({d.worth for _, d in pairs}) > 1:
                first = min(d.worth for _, d in pairs)
                out["pair_first_part" if first == day else "pair_earlier_part"] = 1.0
        if any(m.worth == amount and m.order == 0 for m in view.at[turn]) and any(
            m.worth == day and m.order == 0 for m in view.at[turn]
        ):
            out["pair_leads"] = 1.0
    out.pop("beside_None", None)
    return out


def _agent_sums_up(view: CallView, sums: list[Mention], days: list[Mention], agent: list[int]) -> Evidence:
    """The agent's last turn with both: how it is said and taken."""
    if not agent:
        return {}
    last = agent[-1]
    reply = view.replies[last]
    before = [any(not m.by_agent and m.turn < last for m in said) for said in (sums, days)]
    return {
        "summed_yes": reply == "yes",
        "summed_no": reply == "no",
        "summed_counter": reply == "counter",
        "summed_end": reply == "end",
        "summed_words": any(view.marks[i].sums_up for i in agent),
        "summed_noted": any(view.marks[i].notes for i in agent),
        "summed_said_before": all(before),
        "summed_part_before": any(before),
    }


def of_call(view: CallView, at: int) -> Evidence:
    """Whether the call holds an agreement that stood from turn `at` on."""
    marks, agent, far = view.marks, view.agent_turns, view.far_turns
    after, near = [i for i in far if i > at], [i for i in far if at - 1 <= i <= at + 1]
    late = [i for i in agent if i >= at - 1]
    figures: dict[str, float] = {
        "call_refused_after": any(marks[i].refuses for i in after),
        "call_refused_near": any(marks[i].refuses for i in far if at - 2 <= i <= at),
        "call_condition_after": any(marks[i].conditional for i in after),
        "call_condition_near": any(marks[i].conditional for i in near),
        "call_paid": any(marks[i].paid for i in far),
        "call_no_deal": any(marks[i].no_deal for i in late),
        "call_no_deal_far": any(marks[i].no_deal for i in far[-_LAST:]),
        "call_complaint": any(marks[i].complains for i in late),
        "call_complaint_far": any(marks[i].complains for i in far),
        "call_summed_after": any(marks[i].sums_up for i in late),
        "call_noted_after": any(marks[i].notes for i in late),
        "call_how_agent": any(marks[i].how_to_pay for i in late),
        "call_how_far": any(marks[i].how_to_pay for i in far if i >= at - 1),
        "call_channel_far": any(view.names_channel[i] for i in far if i >= at - 3),
        "call_channel_agent": any(view.names_channel[i] for i in late),
        "call_calls": sum(marks[i].calls for i in agent[-_LAST:]) / 5,
        "call_pays": sum(marks[i].pays for i in far[-_LAST - 2 :]) / 5,
        "call_denies": sum(marks[i].denies for i in far[-_LAST - 2 :]) / 5,
        "call_yes_last": any(marks[i].agrees for i in far[-2:]),
        "call_no_after": sum(marks[i].starts_no for i in after) / 3,
        "call_no_late": sum(marks[i].starts_no for i in far[-2 * _LAST :]) / 4,
        "call_rejects": sum(marks[i].rejects for i in late) / 3,
        "call_other_pays": not any(view.transcript.turns[i].speaker == "debtor" for i in far),
        "call_long": min(view.length, _LONG) / _LONG,
    }
    figures |= _heard(view, at)
    return {name: float(value) for name, value in figures.items()}


def _heard(view: CallView, at: int) -> dict[str, float]:
    """What the acts and objections found in the call say; `call_unread` where none were looked for."""
    if not view.heard:
        return {"call_unread": True}
    late = {label: any(i >= at - 2 for i in view.heard.get(label, ())) for label in _UNSETTLED}
    asked = view.heard.get("asks_commitment", frozenset())
    paid = view.heard.get("already_paid", frozenset()) | view.heard.get("not_my_debt", frozenset())
    return {
        "call_unasked": not asked,
        "call_disputed_unasked": bool(paid) and not any(i > max(paid) for i in asked),
        "call_read_back": any(i >= at - 1 for i in view.read_backs),
        "call_read_back_any": bool(view.read_backs),
        **{f"call_{label}": found for label, found in late.items()},
    }
