"""The result of an attempt as the trainee sees it, in both languages, made once when it ends."""

from __future__ import annotations

from coach.attempt_body import Body, Broken, Chosen, Line, Point, Shown
from drills.choices import reasons, why_not
from drills.drill import Drill, Play
from drills.effects import told
from drills.feedback import feedback
from drills.grade import Critical, Grade
from drills.marks import Mark
from drills.schedule import Card
from nlp.labels import Text
from rubrics.loader import pack_of
from rubrics.types import Rubric


def shown(
    drill: Drill, body: Body, play: Play | None, grade: Grade, card: Card | None, rubric: Rubric
) -> Shown:
    """`card`: of the objection practised, after this attempt."""
    after = feedback(grade, drill.format, card)
    lines = _talk(play, body, grade) if play is not None else _read(drill, body)
    return Shown(
        points=grade.points,
        of=grade.of,
        passed=grade.passed,
        won=grade.won,
        marks=tuple(map(_point, grade.marks)),
        notes=tuple(one.id for one in after.notes),
        broken=tuple(_broken(one, drill, rubric) for one in after.critical),
        better=grade.better,
        lines=lines,
        options=_options(drill, body),
        reasons=_reasons(drill, body),
        next_format=after.next_format,
        due=after.due,
        objection=card.objection if card else "",
        lost=grade.lost,
    )


def _talk(play: Play, body: Body, grade: Grade) -> tuple[Line, ...]:
    """The whole talk; each of the trainee's turns with what it did and how long it took."""
    whys = {why.turn: Text(es=told(why), en=told(why, "en")) for why in grade.whys}
    said = dict(zip(play.mine, body.replies, strict=False))
    out = []
    for at, turn in enumerate(play.turns):
        reply = said.get(at)
        out.append(
            Line(
                turn.speaker,
                turn.text,
                mine=at in play.mine,
                why=whys.get(at),
                seconds=reply.seconds if reply else None,
                late=reply.late if reply else False,
            )
        )
    return tuple(out)


def _read(drill: Drill, body: Body) -> tuple[Line, ...]:
    """What was read before choosing; of a fault to spot, the turn that fails and the one pointed at."""
    spots = drill.format == "spot_fault"
    return tuple(
        Line(turn.speaker, turn.text, wrong=spots and at == drill.at, picked=spots and at == body.turn)
        for at, turn in enumerate(drill.turns)
    )


def _options(drill: Drill, body: Body) -> tuple[Chosen, ...]:
    """The options with what is right of them, and why the others are not."""
    right = drill.bad.fault if drill.bad is not None and drill.format == "spot_fault" else ""
    return tuple(
        Chosen(
            one.text,
            right=one.fault == right,
            picked=at == body.choice,
            why=why_not(one.fault) if one.fault else None,
        )
        for at, one in enumerate(drill.options)
    )


def _reasons(drill: Drill, body: Body) -> tuple[Chosen, ...]:
    known = {one.es: one for told_ in reasons().values() for one in told_}
    return tuple(
        Chosen(one.text, right=not one.fault, picked=at == body.reason, why=known.get(one.text))
        for at, one in enumerate(drill.reasons)
    )


def _point(mark: Mark) -> Point:
    return Point(
        mark.id,
        Text(es=mark.label(), en=mark.label("en")),
        Text(es=mark.rule(), en=mark.rule("en")),
        mark.got,
        mark.of,
        mark.quote,
        mark.better,
    )


def _broken(critical: Critical, drill: Drill, rubric: Rubric) -> Broken:
    pack = pack_of(drill.recording.country)
    known = {one.id: one for one in (*rubric.criteria, *pack.rules)}
    rule = known[critical.rule]
    return Broken(
        critical.rule,
        Text(es=critical.label, en=rule.label_en or critical.label),
        critical.quote,
        critical.help,
        critical.better,
        rule.help_en,
    )
