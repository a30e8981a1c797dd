"""Which plain words say a label whatever the trained scores are, and which take a bare score away."""

from __future__ import annotations

from dataclasses import dataclass

HINTED = 0.45
# label -> the cue that says it plainly, and the score that it then has at least. What can void a call, or is
# read from a tone, stays low enough for a person to look.
PLAINLY: dict[str, tuple[tuple[str, float], ...]] = {
    "lawyer": (
        ("plain_court", 0.7),
        ("legal_consequence", 0.7),
        ("to_lawyers", 0.7),
        ("given_to_lawyers", 0.7),
        ("answers_to_court", 0.7),
        ("judge_order", 0.7),
        ("hints_law", HINTED),
    ),
    "threat": (
        ("plain_jail", 0.7),
        ("plain_takes", 0.7),
        ("brings_officer", 0.85),
        ("plain_exposes", 0.7),
        ("plain_watched", HINTED),
        ("plain_threat", 0.7),
        ("plain_harm", 0.7),
        ("bodes_ill", HINTED),
        ("ill_unless_paid", 0.7),
        ("ill_foretold", HINTED),
        ("hints_status", HINTED),
        ("veiled_threat", 0.7),
        ("carries_off", 0.7),
        ("could_have", 0.7),
        ("stands_by_harm", 0.7),
        ("claimed_order", 0.7),
        ("explains_only", HINTED),
        ("calms_on_terms", HINTED),
        ("shamed_before", 0.7),
        ("collects_there", 0.7),
        ("dared_not_to_pay", 0.7),
        ("hints_harm", HINTED),
        ("record_term", HINTED),
        ("record_stain", HINTED),
        ("cuts_off", HINTED),
    ),
    # a name that somebody is called is no matter of tone
    "rude": (
        ("plain_scorn", 0.6),
        ("plain_insult", 0.85),
        ("named_thief", 0.85),
        ("shames", 0.6),
        ("scorns", 0.6),
        ("jeers", 0.6),
        ("mocks", 0.6),
        ("derides", 0.6),
        ("sends_away", 0.6),
        ("orders_off", 0.6),
        ("may_order_off", HINTED),
        ("may_scorn", HINTED),
        ("may_jeer", HINTED),
        ("may_mock", HINTED),
        ("endears", HINTED),
        ("compares", HINTED),
    ),
    "impatient": (
        ("plain_weary", 0.6),
        ("wearies", 0.6),
        ("huffs", 0.6),
        ("runs_out", 0.6),
        ("time_wears", 0.6),
        ("may_weary", HINTED),
        ("same_again", HINTED),
        ("snaps", HINTED),
        ("hurries", HINTED),
    ),
    "probes": (("plain_probe", 0.62), ("asks_since", 0.62)),
    "empathy": (
        ("plain_empathy", 0.62),
        ("sympathises", 0.62),
        ("feels_with", 0.62),
        ("gives_back", 0.62),
        ("condoles", 0.7),
        ("helps_after", 0.52),  # few words, then a hand held out: a person hears whether that was enough
    ),
    "asks_reason": (("asks_softly", 0.62), ("asks_plainly", 0.62)),
    "explains_benefit": (("plain_benefit", 0.62),),
    "follow_up": (("asks_for_proof", 0.62),),
    "hedge": (("leaves_time", 0.6),),
    "health_emergency": (
        ("plain_ill", 0.7),
        ("assaulted", 0.7),
        ("robbed_of_means", 0.7),
        ("in_emergency", 0.7),
        ("just_lost", 0.7),
    ),
    "vague_promise": (("plain_vague", 0.7), ("only_perhaps", 0.7), ("leaves_open", 0.7)),
    "no_money": (
        ("plain_no_money", 0.7),
        ("earns_nothing", 0.7),
        ("broke", 0.7),
        ("out_of_cash", 0.7),
        ("robbed_of_money", 0.7),
        ("pay_is_late", 0.7),
        ("has_no_money", 0.7),
    ),
    "job_loss": (
        ("plain_job_loss", 0.7),
        ("earns_less", 0.7),
        ("work_dried", 0.7),
        ("shut_shop", 0.7),
    ),
    "refusal": (("plain_refusal", 0.7), ("flatly_refuses", 0.7), ("turns_down", 0.7)),
    "harassment_complaint": (
        ("plain_harassed", 0.7),
        ("forbids_hour", 0.7),
        ("protests_telling", 0.7),
        ("asks_for_quiet", 0.7),
    ),
    "payment_channel": (("plain_way", 0.7), ("channel_fails", 0.7)),
    "legal_threat": (("plain_law", 0.7), ("will_sue", 0.7), ("goes_to_law", 0.7), ("saw_lawyer", 0.7)),
    "already_paid": (("plain_already_paid", 0.7), ("says_paid", 0.7)),
    "asks_discount": (
        ("plain_terms", 0.7),
        ("bargains_for", 0.7),
        ("asks_waiver", 0.7),
    ),
    "bad_service": (
        ("plain_bad_service", 0.7),
        ("failed_us", 0.7),
        ("without_service", 0.7),
    ),
    "wrong_person": (("plain_misdialled", 0.7), ("plain_stranger", 0.7)),
    "no_notice": (("plain_unnoticed", 0.7),),
    "needs_third_party": (("plain_by_another", 0.7),),
    "call_later": (("plain_later", 0.7), ("cuts_short", 0.7), ("takes_leave", 0.7)),
    "distrust": (("plain_distrust", 0.7), ("doubts_word", 0.7), ("guards_data", 0.7)),
    "not_my_debt": (("plain_not_mine", 0.7), ("falls_to_other", 0.7)),
    "other_debts": (("plain_other_debts", 0.7), ("eaten_up", 0.7)),
    "wrong_amount": (
        ("plain_wrong_amount", 0.7),
        ("disputes_sum", 0.7),
        ("owes_other_sum", 0.7),
        ("questions_sum", 0.7),
    ),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """Words in whose sentence a label has at most `most`; one that a rule hears only where `ruled`."""

    cue: str
    most: float = 0.0
    ruled: bool = False


TAKEN = {
    # mockery announces no harm; whether there is more a person hears
    "threat": (
        Taken("sympathises", HINTED),
        Taken("shames", HINTED),
        Taken("reassures"),
        Taken("calms"),
        Taken("denied_harm"),
        Taken("explains_only", HINTED),
        Taken("notes_need"),
        Taken("thus_spared"),
        Taken("guarded_on_errand", ruled=True),
        Taken("may_be_guarded", HINTED, ruled=True),
    ),
    "lawyer": (
        Taken("law_by_trade", ruled=True),
        Taken("reassures"),
        Taken("calms"),
        Taken("speaks_of_other_law"),
        Taken("denied_harm"),
        Taken("explains_only", HINTED),
        Taken("thus_spared"),
    ),
    "rude": (
        Taken("kindly", ruled=True),
        Taken("denied_harm"),
        Taken("plain_empathy"),
        Taken("feels_with"),
        Taken("clears_of_insult"),
        Taken("orders_for_gain"),
        Taken("tells_how_to_pay"),
        Taken("sympathises"),
        Taken("shares_burden"),
        Taken("praises"),
        Taken("regrets"),
    ),
    "impatient": (Taken("plain_empathy"), Taken("sympathises"), Taken("shares_burden"), Taken("praises")),
    "pity": (Taken("condoles"), Taken("regrets")),
    # «uy, qué pena, me va a hacer llorar» acknowledges nothing, whatever words of sympathy it takes
    "empathy": (
        Taken("levels_down"),
        Taken("compares", ruled=True),
        Taken("disowns"),
        Taken("jeers", ruled=True),
        Taken("mocks", ruled=True),
        Taken("derides", ruled=True),
        Taken("scorns", ruled=True),
    ),
    # «¿me van a embargar?» asks, and complains of nobody
    "harassment_complaint": (
        Taken("fears"),
        Taken("calls_to_rob", ruled=True),
        Taken("invites_call"),
        Taken("wonders"),
        Taken("only_annoyed"),
        Taken("says_peace_back", ruled=True),
    ),
    "refusal": (
        Taken("pays_all_same", ruled=True),
        Taken("denies_refusal", ruled=True),
    ),
    "legal_threat": (
        Taken("as_a_place", ruled=True),
        Taken("only_profession", ruled=True),
    ),
    "bad_service": (
        Taken("long_ago", ruled=True),
        Taken("all_well", ruled=True),
        Taken("crashed", ruled=True),
        Taken("pay_is_late", ruled=True),
    ),
    "needs_third_party": (
        Taken("of_another", ruled=True),
        Taken("speaks_of_cosigner"),
        Taken("speaks_of_meter", ruled=True),
    ),
    "payment_channel": (
        Taken("pays_all_same", ruled=True),
        Taken("as_a_place", ruled=True),
        Taken("all_well", ruled=True),
        Taken("robbed"),
        Taken("pay_is_late"),
    ),
    # held out to press is no help told of
    "explains_benefit": (
        Taken("record_term", ruled=True),
        Taken("record_stain", ruled=True),
        Taken("cuts_off", ruled=True),
    ),
    "states_debt": (Taken("withholds"),),
    "asks_commitment": (Taken("plain_probe"), Taken("leaves_it"), Taken("lays_aside")),
    "probes": (Taken("throws_back"), Taken("disowns"), Taken("jeers"), Taken("mocks")),
    "asks_reason": (Taken("throws_back"), Taken("disowns"), Taken("knows_reason", ruled=True)),
    "health_emergency": (
        Taken("long_ago", ruled=True),
        Taken("no_misfortune"),
        Taken("feast_of_the_dead"),
        Taken("behind_over_costs"),
    ),
    "job_loss": (
        Taken("long_ago", ruled=True),
        Taken("of_another", ruled=True),
        Taken("no_misfortune"),
        Taken("school_costs"),
    ),
    "other_debts": (
        Taken("owes_no_other", ruled=True),
        Taken("long_ago", ruled=True),
        Taken("no_misfortune"),
        Taken("money_comes"),
        Taken("rent_comes"),
    ),
    # a way to pay into one's own pocket answers nobody and offers nothing
    "answers": (Taken("pays_to_agent", ruled=True),),
    "offers_alternatives": (Taken("pays_to_agent", ruled=True),),
    "no_money": (Taken("long_ago", ruled=True), Taken("names_payday"), Taken("not_broke")),
    "asks_discount": (
        Taken("pays_all_same", ruled=True),
        Taken("answers_in_parts", ruled=True),
        Taken("gives_in_parts"),
        Taken("takes_sum"),
        Taken("pays_at_once"),
        Taken("earns_less", ruled=True),
        Taken("falls_to", ruled=True),
    ),
    "hostile": (Taken("broke", ruled=True), Taken("out_of_cash", ruled=True)),
    "no_notice": (
        Taken("was_told", ruled=True),
        Taken("earns_nothing"),
    ),
    "not_my_debt": (
        Taken("owns_up", ruled=True),
        Taken("owes_no_other", ruled=True),
        Taken("of_another", ruled=True),
        Taken("no_card_left", ruled=True),
        Taken("owes_only_this", ruled=True),
        Taken("owes_other_sum", ruled=True),
    ),
    "vague_promise": (Taken("sells_most"),),
    "call_later": (Taken("goes_on_talking"), Taken("tells_hours"), Taken("talks_all_same", ruled=True)),
    "wrong_amount": (Taken("owns_up", ruled=True), Taken("plain_other_debts")),
    "distrust": (Taken("trusts", ruled=True),),
}
