"""Where personal data lies: every table and every kind of file that holds any, how it is found from a
debtor's account, and what erasing a person does to it.

A test goes through the schema: a table with text in it is either here or excused with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Erased = Literal["deleted", "emptied", "unnamed", "kept"]
Found = Literal["call", "account", "id", "agent"]


@dataclass(frozen=True, slots=True)
class Holding:
    """`what` it holds of whom; `found`: by the id of the person's calls, by the account itself, by an id in
    its text, or only by agent (then it is nothing of a debtor's); `erased`: rows deleted, emptied of words,
    without the name and the account, or kept, and `why`.
    """

    what: str
    found: Found
    erased: Erased
    why: str = ""


TABLES: dict[str, Holding] = {
    "recordings": Holding(
        "name and account of the debtor, facts of the case, path of the sound", "account", "unnamed"
    ),
    "transcripts": Holding("every word of the call; stems for the search", "call", "emptied"),
    "findings": Holding("quotes of the call, the promise", "call", "emptied"),
    "scorecards": Holding("quotes and reasons of verdicts", "call", "emptied"),
    "reviews": Holding("what a reviewer wrote, the way to pay too; relabels of turns", "call", "emptied"),
    "drafts": Holding("a review that is not finished; corrected words", "call", "deleted"),
    "comments": Holding("remarks that may quote the call", "call", "emptied"),
    "disputes": Holding("the agent's reason, a quote, the decision", "call", "emptied"),
    "critical_steps": Holding("what was done about a critical failure", "call", "emptied"),
    "calibration_scores": Holding("notes on a call", "call", "emptied"),
    "calibration_drafts": Holding("notes on a call", "call", "deleted"),
    "best_answers": Holding("an agent's words, redacted", "call", "deleted"),
    "clips": Holding("words with placeholders; a file of muted sound", "call", "deleted"),
    "drill_attempts": Holding("a drill made of the call, with its words", "call", "deleted"),
    "coaching_plans": Holding("places in calls, by id", "id", "emptied"),
    "imported": Holding("path of the file that the words came from", "call", "unnamed"),
    "jobs": Holding("name of the file, which may hold an account or a name", "call", "emptied"),
    "promises": Holding("account, sum and day promised", "call", "unnamed"),
    "payments": Holding("account, sum and day paid", "account", "deleted"),
    "unread_payments": Holding("account and days of lines nobody could read", "account", "deleted"),
    "past_evaluations": Holding("how a spreadsheet names the call", "call", "unnamed"),
    "listed": Holding("name of the debtor, id and account for the search", "call", "unnamed"),
    "audit": Holding(
        "ids of calls in what was done with them, and beside it; why a call left the queue", "id", "unnamed"
    ),
    "legs": Holding("what the recordings of a call share, often made of the account", "call", "unnamed"),
    "legal_holds": Holding("account or call under a hold, and why", "account", "deleted"),
    "deliveries": Holding(
        "id of the call in what was told to other programs", "call", "kept", "no word of it"
    ),
    "notices": Holding("id of the call in what waits for a person", "call", "kept", "no word of it"),
    # of the people who work here: they have their own rights, by who administers the house
    "users": Holding("name, mail and login of staff", "agent", "kept", "no debtor's data"),
    "agent_logins": Holding("logins of staff", "agent", "kept", "no debtor's data"),
    "sessions": Holding("who of staff is signed in", "agent", "kept", "no debtor's data"),
    "close_rows": Holding(
        "name and score of staff in a signed month", "agent", "kept", "a signed month stays"
    ),
    "closes": Holding(
        "rules and signature of a month; ids of its calls", "id", "unnamed", "a signed month stays"
    ),
    "adjustments": Holding(
        "reason of a correction of pay",
        "agent",
        "kept",
        "labour record of the agent; where it is of an appeal about the call, the reason goes",
    ),
    "drill_assignments": Holding("what a trainer asks of staff", "agent", "kept", "no debtor's data"),
    "group_sessions": Holding("who of staff practised", "agent", "kept", "no debtor's data"),
    "group_scores": Holding("notes on practice of staff", "agent", "kept", "no debtor's data"),
    "tasks": Holding(
        "which call waits for whom", "call", "kept", "no word of it; what waited leaves the queue"
    ),
    "calibrations": Holding("title of a session of staff", "agent", "kept", "no debtor's data"),
}

EXCUSED: dict[str, str] = {
    "sites": "places of the house",
    "teams": "teams of the house",
    "grants": "names of portfolios",
    "retention_rules": "names of sources and countries",
    "gone": "that something was erased, by the new id of the call",
    "kept_out": "digests of what was erased by age, without a name",
    "finding_counts": "ids of objections and acts, counted",
    "ladders": "ids of objections, counted",
    "standings": "points",
    "verdicts": "ids of criteria and how they came out",
    "ratings": "ids of criteria and outcomes",
    "review_facts": "kind of a review",
    "trusts": "ids of criteria and models",
    "places": "ids of criteria and objections",
    "tallies": "sums of days",
    "draws": "counts",
    "chances": "a probability for a call",
    "chores": "ids of forms",
    "payment_spans": "days, currencies and names of portfolios",
    "api_tokens": "names of programs, and a hash",
    "api_uses": "counts of a day",
    "queue_pause": "who of the house paused the queue",
    "releases": "instants",
    "drill_results": "ids of objections and points",
    "calibration_calls": "which calls are judged together",
}

FILES: dict[str, Holding] = {
    "audio/": Holding("recordings taken into the data folder", "call", "deleted"),
    "joined/": Holding("one sound of the legs of a transferred call", "call", "deleted"),
    "peaks/": Holding("outlines of waveforms", "call", "deleted"),
    "playback/": Holding("copies of recordings that browsers play", "call", "deleted"),
    "clips/": Holding("muted stretches of recordings", "call", "deleted"),
    "gold/": Holding("calls of upheld disputes, redacted, for tests", "call", "deleted"),
    "partial/": Holding("a transcript that broke off", "call", "deleted"),
    "incoming/": Holding("uploads on their way, gone once taken in", "call", "deleted"),
    "quarantine/": Holding(
        "recordings that nobody could read, found where their name or reason names the account",
        "id",
        "deleted",
    ),
    "backups/": Holding("archives of all of this", "account", "kept", "until they expire: erase --again"),
    "backup_folders.txt": Holding("folders of backups", "id", "kept", "no debtor's data"),
    "table_folders.txt": Holding("folders of tables of call facts", "id", "kept", "no debtor's data"),
    "quarantine_folders.txt": Holding("folders of files put aside", "id", "kept", "no debtor's data"),
    "worker.log": Holding("what the worker did, without words of a call", "id", "kept", "no debtor's data"),
    "worker.lock": Holding("that a worker runs", "id", "kept", "no debtor's data"),
    "coach.toml.restaurado": Holding(
        "settings out of a backup, until somebody has compared them", "id", "kept", "no debtor's data"
    ),
    "models/": Holding("speech models", "id", "kept", "no debtor's data"),
    "forms/": Holding("forms and wordings of the house", "id", "kept", "no debtor's data"),
    "scenarios/": Holding("exercises of the house", "id", "kept", "no debtor's data"),
    "erasures.jsonl": Holding(
        "marks of erased accounts", "account", "kept", "to erase again after a restore"
    ),
    "temple.db": Holding("all the tables above", "account", "emptied"),
}
