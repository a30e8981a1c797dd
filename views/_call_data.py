"""From a call to what the player draws: names, marks, tags, evidence with seconds, replies.

`version` changes exactly when something drawn changes, so that a rerun leaves the audio playing.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from coach.better_lines import better_line
from coach.comments import CommentRow
from coach.muting import can_mute
from coach.quotes import distinct
from coach.shield import read_around
from coach.types import Call
from rubrics.replies import Suggestion
from rubrics.settled import Settled
from rubrics.types import Criterion, Group, Pack, Rubric, Rule, Verdict
from transcripts.types import Quote, Transcript, Turn
from views import _call_words, _formats, _labels, _session, _worth
from views._call_turns import name_of, turns, units
from views._text import marks, own, retold, t

AROUND = 48  # characters shown on either side of a quote


def player_data(
    call: Call,
    rubric: Rubric,
    suggestions: tuple[Suggestion, ...],
    *,
    turn: int | None,
    at: float | None = None,
    pack: Pack | None = None,
    now: Settled | None = None,
    notes: tuple[CommentRow, ...] = (),
    review: dict[str, Any] | None = None,
    appeal: dict[str, Any] | None = None,
    appealed: Mapping[str, str] | None = None,
    head: int | None = None,
    whole: bool = True,
) -> dict[str, Any]:
    """Everything `views._player` needs. Not `whole`: the viewer hears the call without what gives the debtor
    away, or where that cannot be, not at all. `turn` is the one to light first, `at` the second to begin at.

    With `now` each criterion says what it weighs and what it cost.
    With `review` (`views._call_sheet`) criteria come from there; `appeal` is what an agent may dispute,
    `appealed` what came of disputes by criterion; `head` is the review that has just ended: the page goes to
    its head, where that is told.
    """
    transcript = call.transcript
    heard = transcript.recording.audio is not None and (whole or can_mute(transcript))
    data = {
        "duration": transcript.duration_s or 0,
        "audio": _address("audio", call) if heard else None,
        "about": "" if whole else _about_sound(transcript, heard),
        "peaks": _address("peaks", call),
        "channelColours": channel_colours(transcript),
        "legend": _legend(transcript),
        "words": words(call),
        "turns": turns(call, rubric, notes),
        "stretches": [
            {"start": s.start_s, "end": s.end_s, "label": _labels.stretch(s.kind)}
            for s in transcript.trust.stretches
        ],
        "groups": [] if review else _with_appeals(call, rubric, pack, now, appealed or {}),
        "objections": replies(transcript, suggestions),
        "replies": call.scorecard.verdicts != {},
        "reviewing": review is not None,
        "appeal": appeal,
    }
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return {**data, "version": digest[:16], "turn": turn, "at": at, "review": review, "head": head}


def _about_sound(transcript: Transcript, heard: bool) -> str:
    """What who need not know the debtor is told of the sound; "" where there is none."""
    if transcript.recording.audio is None:
        return ""
    if heard:
        return t("Oye una copia: nombres, números y lo que no se entendió están en silencio.")
    return t(
        "No se puede oír con su cuenta: los turnos no tienen tiempos y no se sabe dónde silenciar nombres y "
        "números."
    )


def _with_appeals(
    call: Call, rubric: Rubric, pack: Pack | None, now: Settled | None, appealed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Groups and the country's rules; beside an outcome that was disputed, how the dispute stands."""
    found = [*groups(call, rubric, now), *country_rules(call, pack, now)]
    for item in (item for group in found for item in group["criteria"]):
        if said := appealed.get(item["id"]):
            item["outcomeLabel"] = f"{item['outcomeLabel']} · {said}"
    return found


def groups(call: Call, rubric: Rubric, now: Settled | None = None) -> list[dict[str, Any]]:
    """The rubric's groups in its order, each with its criteria as judged."""
    shown: dict[Group, list[dict[str, Any]]] = {}
    for criterion in rubric.criteria:
        if verdict := call.scorecard.verdicts.get(criterion.id):
            shown.setdefault(criterion.group, []).append(_criterion(call, criterion, verdict, now))
    return [
        {"label": _labels.group(name), "points": _tally(items), "criteria": items}
        for name, items in shown.items()
    ]


def country_rules(call: Call, pack: Pack | None, now: Settled | None = None) -> list[dict[str, Any]]:
    """The country's rules that applied to the call, as one more group; none where nothing applied."""
    judged = call.scorecard.pack_verdicts
    applied = [rule for rule in pack.rules if rule.id in judged] if pack else []
    judged_so = [rule for rule in applied if judged[rule.id].outcome != "na"]
    items = [_rule(call, rule, judged[rule.id], now) for rule in judged_so]
    if pack is None or not items:
        return []
    title = t("{rules}, no es asesoría legal", rules=own(pack.title, pack.title_en))
    return [{"label": title, "points": _tally(items), "criteria": items}]


def _rule(call: Call, rule: Rule, verdict: Verdict, now: Settled | None) -> dict[str, Any]:
    """A rule as a criterion of the player, with its source; below certainty A it is advice."""
    shown = _criterion(call, rule, verdict, now)
    shown["help"] = f"{own(rule.help, rule.help_en)} {_call_words.source(rule)}".strip()
    if rule.advice:
        shown["label"] = t("{label} (consejo)", label=shown["label"])
        shown["open"] = False
    return shown


def replies(transcript: Transcript, suggestions: tuple[Suggestion, ...]) -> list[dict[str, Any]]:
    """What could be said to each objection, the steps that were not taken named first."""
    return [
        {
            "label": _labels.finding(s.objection.label),
            "quote": evidence(transcript, s.objection.quote),
            "steps": _missing(s, transcript.recording.country or _session.settings().country),
            "why": s.why,
            "replies": [{"text": one.text, "why": ", ".join(map(retold, one.why))} for one in s.replies],
            "avoid": list(s.avoid),
            "guide": f"guide?{urlencode({'objection': s.objection.label})}",
        }
        for s in suggestions
    ]


def evidence(transcript: Transcript, quote: Quote) -> dict[str, Any]:
    """A quote as the player shows it: `at` is its second, None where the transcript has no times."""
    turn = transcript.turns[quote.turn]
    before, said, after = read_around(turn.text, quote.start, quote.end)
    return {
        "turn": quote.turn,
        "start": units(turn.text, quote.start),
        "end": units(turn.text, quote.end),
        "text": said,
        "before": _before(before),
        "after": _after(after),
        "marks": marks(),
        "at": second_of(turn, quote.start),
        "where": f"{name_of(transcript, quote.turn)} · {t('turno {n}', n=quote.turn + 1)}",
    }


def _before(text: str) -> str:
    """The last words before a quote, so that a short one is understood."""
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _after(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"


def second_of(turn: Turn, character: int) -> float | None:
    """When the character of the turn's text is said: the start of its word, else of the turn."""
    starts, times, cursor = [], [], 0
    for word in turn.words:
        found = turn.text.find(word.text.strip(), cursor)
        if found < 0:
            continue
        starts.append(found)
        times.append(word.start_s)
        cursor = found + len(word.text.strip())
    place = bisect_right(starts, character)
    return times[place - 1] if place else turn.start_s


def turn_of(call: Call, written: str) -> int | None:
    """The turn that a shared address points to."""
    number = int(written) if written.isdecimal() and len(written) < 10 else -1
    return number if 0 <= number < len(call.transcript.turns) else None


def second_in(call: Call, written: str) -> float | None:
    """The second that a shared address points to."""
    try:
        second = float(written)
    except ValueError:
        return None
    return second if 0 <= second <= (call.transcript.duration_s or 0) else None


def channel_colours(transcript: Transcript) -> list[str]:
    """The colour of each channel of the waveform: whoever is heard most on it."""
    said: list[dict[str, int]] = [{}, {}]
    for turn in transcript.turns:
        if turn.channel in (0, 1):
            counts = said[turn.channel]
            counts[turn.speaker] = counts.get(turn.speaker, 0) + len(turn.text)
    left, right = (max(counts, key=lambda who: counts[who]) if counts else None for counts in said)
    agent_right = right == "agent" or left in ("debtor", "other")
    return ["--debtor", "--agent"] if agent_right else ["--agent", "--debtor"]


def _criterion(call: Call, criterion: Criterion, verdict: Verdict, now: Settled | None) -> dict[str, Any]:
    failed = verdict.outcome == "fail"
    voids = criterion.voids if isinstance(criterion, Rule) else criterion.critical
    return {
        "id": criterion.id,
        "label": own(criterion.label, criterion.label_en),
        "outcome": verdict.outcome,
        "outcomeLabel": _labels.outcome(verdict),
        "review": verdict.needs_review,
        "reason": verdict.told,
        "evidence": [
            evidence(call.transcript, quote) for quote in distinct(call.transcript, verdict.evidence)
        ],
        "better": better_line(call, criterion, verdict, _session.settings()) if failed else "",
        "help": own(criterion.help, criterion.help_en),
        "cost": _worth.cost(criterion.id, now, call.transcript.recording.country) if now else "",
        "worth": _worth.said(call, criterion.id, now, voids=voids) if now else "",
        "open": criterion.critical and failed,
    }


def _missing(suggestion: Suggestion, country: str | None) -> str:
    if not suggestion.steps:
        return ""  # no play to measure against
    said = (_labels.step(name, country, spared=suggestion.spared) for name in suggestion.missing)
    steps = ", ".join(said)
    return t("Faltó: {steps}.", steps=steps) if steps else t("Se dieron todos los pasos.")


def _tally(items: Iterable[dict[str, Any]]) -> str:
    """«3 de 4»: how many pass of those judged without doubt."""
    judged = [item for item in items if item["outcome"] != "na" and not item["review"]]
    return t("{n} de {total}", n=sum(item["outcome"] == "pass" for item in judged), total=len(judged))


def _legend(transcript: Transcript) -> list[dict[str, str]]:
    recording = transcript.recording
    speakers = {turn.speaker for turn in transcript.turns}
    entries = []
    if "agent" in speakers:
        entries.append({"who": "agent", "label": transcript.agents or t("Agente")})
    if speakers & {"debtor", "other"}:
        name = recording.debtor_name if "debtor" in speakers else None
        entries.append(
            {"who": "debtor", "label": name or (t("Deudor") if "debtor" in speakers else t("Otra persona"))}
        )
    return entries


def _address(what: str, call: Call) -> str:
    return f"/api/{what}/{url_quote(call.id, safe='')}"


def words(call: Call) -> dict[str, Any]:
    """What the player itself says."""
    return {
        "rubric": t("Rúbrica"),
        "replies": t("Respuestas sugeridas"),
        "noRubric": t("Los veredictos se ven después de juzgarla.")
        if not call.scorecard.verdicts and call.scorecard.evaluable != "no"
        else t("Esta llamada no se pudo evaluar."),
        "noObjections": t("El deudor no puso objeciones en esta llamada."),
        "noTurns": t("El texto de esta llamada se borró al cumplir su plazo, o porque lo pidieron.")
        if _session.store().wordless(call.id)
        else t("No se entendió nada en esta grabación."),
        "noAudio": t("De esta llamada solo hay transcripción: no hay audio que oír."),
        "noWave": t("No se pudo dibujar la onda; el audio funciona igual."),
        "audioFailed": t("El audio no se puede reproducir."),
        "better": t("Mejor así:"),
        "avoid": t("Evite:"),
        "guide": t("Más respuestas en la Guía"),
        "play": t("Reproducir o pausar"),
        "speed": t("Velocidad"),
        "decimal": _formats.decimal_sign(call.transcript.recording.country),
        "keys": t("Espacio: oír · J K: turno · E: evidencia · S: velocidad · ← →: 5 s"),
        **_call_words.review(),
        **_call_words.appeal(heard=call.transcript.recording.audio is not None),
    }
