"""Which plain words take a label away, beside `nlp.plain_words`, which say one."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.plain_words import HINTED


@dataclass(frozen=True, slots=True)
class Taken:
    """Words in whose sentence a label has at most `most`; one that a rule hears only where `ruled`."""

    cue: str
    most: float = 0.0
    ruled: bool = False
    anywhere: bool = False  # wherever in the turn they stand


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
        Taken("speaks_of_advance"),
        Taken("guarded_on_errand", ruled=True),
        Taken("may_be_guarded", HINTED, ruled=True),
    ),
    "lawyer": (
        Taken("law_by_trade", ruled=True),
        Taken("their_relative", ruled=True),
        Taken("reassures"),
        Taken("calms"),
        Taken("speaks_of_other_law"),
        Taken("asks_of_insolvency", ruled=True),
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
        Taken("country_sympathy"),
        Taken("shares_burden"),
        Taken("praises"),
        Taken("regrets"),
        Taken("old_friends", HINTED),
    ),
    # «piénselo, ¿pero lo dejamos de una vez?» asks
    "hedge": (Taken("asks_at_once", anywhere=True),),
    "impatient": (Taken("plain_empathy"), Taken("sympathises"), Taken("shares_burden"), Taken("praises")),
    "pity": (Taken("condoles"), Taken("regrets"), Taken("asks_after_ill", HINTED, ruled=True)),
    # «uy, qué pena, me va a hacer llorar» acknowledges nothing, whatever words of sympathy it takes
    "empathy": (
        Taken("levels_down"),
        Taken("compares", ruled=True),
        Taken("disowns"),
        Taken("jeers", ruled=True),
        Taken("mocks", ruled=True),
        Taken("derides", ruled=True),
        Taken("belittles", ruled=True),
        Taken("scorns", ruled=True),
    ),
    # «¿me van a embargar?» asks, and complains of nobody
    "harassment_complaint": (
        Taken("fears"),
        Taken("calls_to_rob", ruled=True),
        Taken("invites_call"),
        Taken("wonders"),
        Taken("only_annoyed"),
        Taken("told_a_colleague"),
        Taken("says_peace_back", ruled=True),
    ),
    "refusal": (Taken("pays_all_same", ruled=True), Taken("denies_refusal", ruled=True)),
    "legal_threat": (
        Taken("as_a_place", ruled=True),
        Taken("only_profession", ruled=True),
        Taken("kin_of_law", ruled=True, anywhere=True),
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
        Taken("no_means", ruled=True),
    ),
    # held out to press is no help told of
    "explains_benefit": (
        Taken("record_term", ruled=True),
        Taken("record_stain", ruled=True),
        Taken("cuts_off", ruled=True),
    ),
    "verifies_identity": (Taken("introduces_only"),),
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
        Taken("names_the_pick"),
    ),
    # a way to pay into one's own pocket answers nobody and offers nothing
    "answers": (Taken("pays_to_agent", ruled=True),),
    "offers_alternatives": (Taken("pays_to_agent", ruled=True),),
    "no_money": (
        Taken("long_ago", ruled=True),
        Taken("names_payday"),
        Taken("not_broke"),
        Taken("has_the_money", anywhere=True),
        Taken("tells_income", anywhere=True),
    ),
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
    "no_notice": (Taken("was_told", ruled=True), Taken("earns_nothing")),
    "not_my_debt": (
        Taken("owns_up", ruled=True),
        Taken("owes_no_other", ruled=True),
        Taken("of_another", ruled=True),
        Taken("no_card_left", ruled=True),
        Taken("owes_only_this", ruled=True),
        Taken("owes_other_sum", ruled=True),
        Taken("lives_elsewhere"),
    ),
    "vague_promise": (Taken("sells_most"),),
    "call_later": (Taken("goes_on_talking"), Taken("tells_hours"), Taken("talks_all_same", ruled=True)),
    "wrong_amount": (
        Taken("owns_up", ruled=True),
        Taken("plain_other_debts"),
        Taken("never_took_it", ruled=True, anywhere=True),
    ),
    "distrust": (Taken("trusts", ruled=True),),
}
