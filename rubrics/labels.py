"""The finding labels that rubric files may name, and the Spanish names that reasons use.

Objections and acts are those of `nlp/labels.yaml`, cues those of `nlp/cues`; a test compares them. They stand
here as plain names so that reading them costs nothing.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from nlp.labels import name_of

# fmt: off
OBJECTIONS = (
    "no_money", "job_loss", "health_emergency", "other_debts", "already_paid", "not_my_debt",
    "wrong_amount", "bad_service", "no_notice", "payment_channel", "call_later", "vague_promise",
    "needs_third_party", "wrong_person", "refusal", "distrust", "legal_threat", "harassment_complaint",
    "asks_discount", "hostile",
)
ACTS = (
    "greeting", "verifies_identity", "states_debt", "asks_reason", "empathy", "probes", "answers",
    "offers_alternatives", "explains_benefit", "asks_commitment", "read_back", "follow_up",
    "polite_close", "hold", "threat", "lawyer", "rude", "impatient", "tuteo", "discloses_debt", "pity",
    "hedge", "none",
)
# what the base form and its conditions ask of `nlp/cues`
CUES = (
    "greets", "says_own_name", "says_company", "asks_for_debtor", "asks_identity_datum", "hands_over",
    "self_identifies", "amount_said", "lateness_said", "product_said", "offer_plan", "offer_channel",
    "offer_date", "offer_waiver", "thanks", "goodbye", "wishes_well", "back_channel", "confirms",
    "denies", "gives_up", "brush_off", "stop_request", "accepts_payment", "grave_case", "ends_call",
    "voicemail", "calls_back", "recording_notice", "apologises", "debtor_name", "transferred_in",
    "asks_clarifying", "asks_capacity", "legal_consequence", "required_script", "will_complain",
    "orders_payment", "waves_off", "wrong_number", "death_told", "busy", "names_hour",
    "status_threat", "asks_round", "ends_charges",
    "offers_choice", "explores_reason", "plain_threat", "reassures", "plain_probe", "throws_back",
    "plain_empathy", "levels_down", "compares", "hurries", "takes_leave", "plain_job_loss",
    "plain_other_debts", "plain_already_paid", "plain_not_mine", "plain_wrong_amount",
    "plain_bad_service", "plain_later", "plain_vague", "plain_refusal", "plain_distrust",
    "plain_harassed", "plain_terms", "plain_stranger", "plain_law",
    "plain_no_money", "plain_ill", "plain_unnoticed", "plain_way", "plain_by_another", "plain_misdialled",
    "all_well", "of_another", "long_ago", "pays_all_same", "owes_no_other",
    "owes_other_sum", "never_took_it", "behind_over_costs", "owns_up", "as_a_place", "trusts", "was_told",
    "shames",
    "plain_jail", "plain_takes", "plain_exposes", "plain_watched", "plain_court", "plain_weary",
    "brings_officer", "guarded_on_errand", "may_be_guarded", "law_by_trade", "orders_for_gain",
    "tells_how_to_pay",
    "names_collector", "recalls_reason", "refuses_recording", "allows_recording", "ends_unrecorded",
    "plain_scorn", "kindly", "plain_insult", "clears_of_insult", "plain_benefit",
    "legal_notice", "no_misfortune", "gives_ultimatum", "debt_of_another", "asks_when_reachable",
    "slur_word", "emergency_now", "robbed", "fears", "condoles", "leaves_in_peace", "sympathises", "praises",
    "regrets", "scorns", "disowns", "leaves_it", "speaks_of_other_law", "to_lawyers", "perhaps_lawyers",
    "veiled_threat", "perhaps_threat", "speaks_of_advance", "calms", "doubts_to_pay", "pays_at_once",
    "tells_theft", "only_perhaps", "earns_nothing", "flatly_refuses", "names_payday", "sells_most",
    "feast_of_the_dead", "goes_on_talking", "last_paid", "owes_softly", "withholds", "grants_guess",
    "yields_to_guess", "confirms_debt", "names_debt", "names_debt_outright", "names_debt_more",
    "owes_nothing", "must_do_it", "startled", "asks_what_was_told", "regrets_telling", "comes_on",
    "wearies", "may_scorn", "may_weary",
    "asks_softly", "denies_harm", "takes_back", "told_by_another", "explains_harm",
    "explains_and_denies", "explains_only", "calms_on_terms", "takes_harm_back", "denied_harm",
    "plain_harm", "bodes_ill", "jeers", "may_jeer", "sends_away", "named_thief",
    "endears", "huffs", "shares_burden", "notes_need", "machine_goes_on",
    "hints_debt", "hints_law", "answers_to_court", "hints_harm", "hints_status", "snaps",
    "feels_with", "grants_right", "denies_refusal", "money_comes",
    "speaks_of_cosigner", "speaks_of_meter", "crashed", "tells_hours", "school_costs", "invites_call",
    "wonders", "forbids_hour", "channel_fails", "parting_shot",
    "asks_plainly", "takes_up_claim", "notes_wish", "seeks_payment", "country_sympathy", "no_means",
    "sets_ways_apart", "turns_down_offer",
    "bare_sum", "unpaid_since", "two_ways", "two_ways_daily", "old_friends",
    "speaks_bluntly", "takes_payment", "hangs_up",
    "withholds_until_mended", "answers_for_owner", "owner_away",
    "admits_telling", "may_have_told", "owns_up_to_telling", "protests_telling", "spares_who_pays",
    "own_matter", "calls_to_phone", "carries_off", "could_have", "given_to_lawyers", "gives_back",
    "leaves_curtly", "may_mock", "mocks", "owes_of_kin", "runs_out",
    "record_term", "record_stain", "cuts_off", "annoyed",
    "broke", "disapproves", "earns_less", "falls_to", "in_emergency", "just_lost", "only_annoyed",
    "retold_harm", "stands_by_harm", "takes_that_back", "unless_paid", "vouches_waiver", "whole_or_parts",
    "knows_reason", "judge_order", "claimed_order", "pays_to_agent", "rent_comes",
    "guards_data", "says_no", "disputes_sum", "owed_by_other", "ill_served",
    "not_a_court", "halts_collection", "tied_up", "told_since", "told_sum",
    "will_sue", "only_profession", "same_again", "takes_off", "promises_waiver", "sends_to_kin",
    "weighs", "answers_in_parts", "gives_in_parts", "takes_in", "cannot_wait", "tells_reason", "digs_in",
    "not_at_place", "calls_them_all", "asks_since", "despairs", "ill_in_mind",
    "ill_unless_paid", "ill_foretold", "grows_heavy", "passes_on", "awaits_payment", "own_payment",
    "meanwhile", "tells_how",
    "asks_which", "spares_time", "wishes_way", "until_day",
    "asked_what_if", "asked_when_home", "asks_benefit", "asks_figure", "asks_if_calls", "doubts_caller",
    "gives_no_datum", "kin_ill", "lacks_reference", "many_calls", "names_charge", "never_had",
    "no_work_now", "odd_jobs", "pay_day_named", "pet_ill", "picks_option", "protests_service",
    "refinanced", "school_paid", "tells_line", "tells_return", "until_told",
    "adviser", "asks_for_quiet", "asks_money", "asks_money_now", "awaits_pay", "bargains_for",
    "borrowed_for_other", "called_at_work", "called_family", "confirms_paid", "cuts_short",
    "doubts_word", "drives_now", "eaten_up", "failed_us", "falls_to_other", "fewer_hours", "gives_hour",
    "goes_to_law", "has_part", "informal_lender", "leaves_open", "lost_job", "nothing_left",
    "other_lender", "other_pays", "owner_near", "proposes_talk", "rent_first", "said_before",
    "says_paid", "school_first", "sells_less", "someone_died", "tells_channel", "tells_proof",
    "turns_down", "wants_less", "wants_lower", "wants_parts", "wants_peace", "wants_repair",
    "wants_time", "wants_waiver", "was_robbed", "work_dried", "wrong_phone",
    "pay_is_late", "bereaved", "widowed", "may_talk", "identity_stolen", "has_no_money", "lays_aside",
    "takes_back_word", "snaps_after_but", "helps_after", "no_card_left", "owes_only_this",
    "out_of_cash", "not_broke", "day_unknown", "asks_the_day", "assaulted", "robbed_of_money",
    "robbed_of_means", "pressed_now", "holds_out_hand", "withholds_until_cleared", "files_claim",
    "thus_spared", "ends_in_court", "own_needs", "orders_off", "may_order_off", "asks_for_proof",
    "leaves_time", "takes_sum", "calls_to_rob", "barred_by_time", "day_without_charge",
    "asks_waiver", "collects_there", "dared_not_to_pay", "derides", "leaves_with_word", "questions_sum",
    "saw_lawyer", "says_peace_back", "shamed_before", "shut_shop", "talks_all_same", "time_wears",
    "without_service", "tells_guarantor", "takes_over_call", "checks_number", "vouched_for", "leaves_message",
    "asks_after_ill", "belittles", "calls_their_people", "fees_of_law", "goes_to_court", "has_the_money",
    "kin_in_power", "hints_authority", "kin_of_law", "late_since", "little_to_eat", "may_call_people",
    "repeats_wearily", "takes_charge_off", "tells_income", "wishes_health", "work_called_off", "sighs",
    "returned_bill", "introduces_only", "unpaid_told", "orders_barely", "asks_at_once", "leaves_barely",
    "law_foretold", "threatens_daily", "may_threaten_daily", "told_daily",
    "detained", "fetches_goods", "reproaches", "lost_livelihood", "struck_home",
    "lives_elsewhere", "names_the_pick", "sum_beside", "perhaps_sum", "late_by_parts",
    "not_let_speak", "keeps_the_floor", "asks_leave", "asks_way", "grants_leave", "lets_choose",
    "told_to_judge", "before_judge", "court_comes", "names_law", "speaks_of_law", "holds_out_people",
    "may_hold_out_people", "marks_the_door", "may_mark_door", "tells_promise",
    "authorises", "lets_see_to_it", "asks_permission", "paid_through", "grants_paid",
    "next_ones_serve", "may_bring_court", "asks_if_boss_knows", "may_tell_work",
    "heeds_wish", "takes_law_calmly", "told_a_colleague", "parries", "may_parry",
    "talks_back", "may_talk_back", "no_remittance", "trade_yields_nothing",
    "halting_no_money", "halting_no_work", "came_out_ill", "kin_frightened",
    "due_each_month", "given_back", "comes_to_sign", "parts_or_wait", "insolvent", "asks_of_insolvency",
    "calls_all_the_same", "takes_no_heed", "insurance_covers", "gives_a_part", "their_relative",
    "gone_unpaid", "either_spares", "names_the_loss", "sorry_for_calls", "call_amiss", "checks_later",
    "retorts", "may_retort", "asks_why", "harvest_failed", "stood_surety", "cleaned_out",
    "sends_them", "takes_goods", "tells_them", "keeps_watch", "jails_by_name", "cuts_living",
    "veiled_in_one", "may_press", "law_takes_up", "law_begins",
)
# fmt: on
KNOWN = (*OBJECTIONS, *ACTS, *CUES)


def spanish(label: str) -> str:
    """The name of an objection or an act as people read it."""
    return name_of(label)


class _Any(frozenset[str]):
    """Names that cannot be told, as of a file that is not there: it may have any."""

    def __contains__(self, name: object) -> bool:
        return True


ANY = _Any()


def _known(label: str, info: ValidationInfo) -> str:
    """`label`, where Temple or the file itself (`cues` of the validation context) knows it."""
    own = (info.context or {}).get("cues", ())
    if label in KNOWN or label in own:
        return label
    near = get_close_matches(label, (*KNOWN, *own), n=1, cutoff=0.6)
    meant = f" (¿quiso decir «{near[0]}»?)" if near else ""
    raise ValueError(f"hallazgo desconocido «{label}»{meant}")


Label = Annotated[str, AfterValidator(_known)]
