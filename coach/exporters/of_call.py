"""A call as a file, as its viewer may see it at the moment of asking; the log keeps who took it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from coach import audit, discreet, owners, releases
from coach.better_lines import better_line
from coach.exporters.scorecard_pdf import scorecard_pdf
from coach.results import result, result_of_people
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.words import forms_for
from coach.written import Language


def paper(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    recording_id: str,
    language: Language = "es",
    *,
    names: bool = False,
) -> bytes:
    """The scorecard as PDF. CoachError where the viewer may not see the call, or reviews it blind.

    Names and numbers are covered; `names` leaves those that its reader may know. Words about health are told
    only to who has the right.
    """
    call = releases.shown(store, settings, viewer, recording_id, names=_named(viewer, names))
    now = releases.standing(store, settings, viewer, recording_id, names=_named(viewer, names))
    if now is None or not call.scorecard.verdicts:
        raise CoachError(
            "{call}: se revisa a ciegas. Termine su revisión y descárguela después.", call=recording_id
        )
    form, pack = forms_for(call, settings)
    now, call = discreet.standing_outside(viewer, call, now), discreet.outside(viewer, call)
    verdicts = now.verdicts | now.pack_verdicts
    better = {
        one.id: better_line(call, one, verdicts[one.id], settings)
        for one in (*form.criteria, *(pack.rules if pack else ()))
        if one.id in verdicts and verdicts[one.id].outcome == "fail"
    }
    shown = owners.named(store, call)
    made = scorecard_pdf(shown, now, form, pack, language, better=better, today=date.today())
    audit.note(store, viewer, "export", f"call:{recording_id}", format="pdf", names=names)
    return made


def data(
    store: Store, settings: Settings, viewer: Viewer, recording_id: str, *, names: bool = False
) -> bytes:
    """Everything found and judged as JSON, for who may export: as people left it, the machine's own beside
    it; covered like `paper`. Who judges the call blind is told nothing.
    """
    viewer.require("export")
    call = releases.shown(store, settings, viewer, recording_id, names=_named(viewer, names))
    now = releases.standing(store, settings, viewer, recording_id, names=_named(viewer, names))
    now = discreet.standing_outside(viewer, call, now) if now else None
    call = discreet.outside(viewer, call)
    _, pack = forms_for(call, settings) if now else (None, None)
    stands = result_of_people(call, now, pack) if now else result(call, None)
    made = stands | {"talk": asdict(call.findings.talk)}
    audit.note(store, viewer, "export", f"call:{recording_id}", format="json", names=names)
    return json.dumps(made, ensure_ascii=False, indent=2).encode()


def _named(viewer: Viewer, names: bool) -> bool:
    if names:
        viewer.require("names")
    return names
