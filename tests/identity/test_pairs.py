"""What is clearly the same is paired, what may be the same is asked, and another fact never takes a known one's place."""

from dataclasses import replace

import pytest

from deckpress.identity.heads import Known, Piece
from deckpress.identity.pairs import near_pairs, of_one_name

WORDS = Known(frozenset({"a", "the", "of", "in", "for", "at", "and", "does"}), frozenset({"not", "no"}), frozenset({"example"}))


def piece(text: str, label: str = "", section: str = "features", asks: bool = False) -> Piece:
    return Piece("robin", section, (label, text), asks)


def paired(new: Piece, *old: Piece) -> str:
    """ "same", "ask" or "new" for a text among the old ones of its topic."""
    known = {str(at): one for at, one in enumerate(old)}
    pairs, unsure = near_pairs({0: new}, known, old, WORDS)
    return "same" if pairs else "ask" if unsure else "new"


def test_a_reworded_line_of_one_section_is_the_same() -> None:
    assert paired(piece("Takes care of nests, eggs and young birds"), piece("Looks after nests, eggs, young birds")) == "same"


def test_a_label_of_its_own_holds_a_text_that_is_worded_anew() -> None:
    old = piece("a cup of moss near the ground", "Nest")
    assert paired(piece("moss, hair and leaves close to the ground", "Nest"), old) == "same"
    assert paired(piece("hair and leaves", "Example"), piece("moss and feathers", "Example")) != "same"


def test_another_answer_is_another_fact_however_alike_the_questions_are() -> None:
    old = piece("Robin", "Which bird sings in the middle of winter?", asks=True)
    assert paired(piece("Wren", "Which bird sings in the middle of a winter?", asks=True), old) == "new"


def test_the_same_answer_holds_a_question_that_is_worded_anew() -> None:
    old = piece("Robin", "Which bird sings in the middle of winter?", asks=True)
    assert paired(piece("The robin", "Which bird is heard singing in January?", asks=True), old) == "same"


def test_where_names_have_come_and_gone_it_is_asked_at_most() -> None:
    assert paired(piece("Found in gardens of Ireland and Wales"), piece("Found in gardens of Norway and Sweden")) != "same"


def test_an_abbreviation_spelled_out_is_the_same_name() -> None:
    assert paired(piece("Listed by the Royal Bird Society"), piece("Listed by the RBS, a bird society")) in ("same", "ask")


def test_what_denies_is_not_what_affirms() -> None:
    assert paired(piece("does not sing at night"), piece("sings at night in most towns")) != "same"


def test_of_two_halves_the_first_is_what_the_whole_was() -> None:
    whole = piece("builds a cup of moss, and feeds the young with worms and insects")
    halves = {0: piece("builds a cup of moss"), 1: piece("feeds the young with worms and insects")}
    pairs, _ = near_pairs(halves, {"whole": whole}, [whole], WORDS)
    assert [index for index, _ in pairs] in ([0], [])


def test_two_that_are_equally_near_are_asked() -> None:
    old = (piece("lives 11 years in gardens"), piece("lives 12 years in gardens"))
    assert paired(piece("lives 13 years in gardens"), *old) == "ask"


def test_the_same_up_to_a_point_and_then_something_else_is_asked() -> None:
    old = piece("the nest hangs below the oldest branch", "Where it breeds")
    assert paired(piece("the nest hangs below a roof of straw", "Where it breeds"), old) == "ask"
    assert paired(piece("the nest hangs below the oldest twig", "Where it breeds"), old) == "same"


def test_a_gloss_behind_a_name_does_not_make_another_name() -> None:
    old = piece("sings before the sun has risen", "Dawn chorus")
    assert paired(piece("sings well before there is any sun", "Dawn chorus (in May)"), old) == "same"


def test_a_row_is_what_its_head_names_whatever_its_cells_say() -> None:
    old = Piece("birds", "table", ("Robin", "Nest: moss in banks", "Young: 5 to 7"), asks=False)
    new = Piece("birds", "table", ("Robin", "Nest: moss in a bank or an old kettle", "Young: 4 to 6, Scotland"), asks=False)
    assert paired(new, old) == "same"


def test_a_wholly_other_text_under_the_same_label_is_asked_at_most() -> None:
    old, new = piece("a cup of moss near the ground", "Nest"), piece("its young fledge on day 14", "Nest")
    assert paired(new, old) in ("ask", "new")
    assert [pair[:2] for pair in of_one_name({0: new}, {"a": old})] == [(0, "a")]


def test_a_term_that_looks_alike_is_another_one_however_alike_the_rest_is() -> None:
    old = piece("one of two gains, the other is not affected", "Commensalism")
    assert paired(piece("one of two is harmed, the other is not affected", "Amensalism"), old) == "ask"
    assert (
        paired(
            piece("Nachfrage steigt mit dem Preis, um zu zeigen", "Veblen-Gut"),
            piece("Nachfrage steigt mit dem Preis", "Giffen-Gut"),
        )
        != "same"
    )
    assert (
        paired(
            piece("moves a limb to the midline of the body", "Adduction"),
            piece("moves a limb off the midline of the body", "Abduction"),
        )
        != "same"
    )


def test_a_label_that_is_misspelt_or_in_another_form_is_the_same() -> None:
    old = piece("sings in winter to keep its place", "Territory song")
    assert paired(piece("is sung all winter so that it keeps its place", "Teritory song"), old) == "same"
    assert paired(piece("is sung all winter so that it keeps its place", "Territorial songs"), old) == "same"


def test_a_label_made_of_what_the_text_said_is_no_other_one() -> None:
    old = piece("The health of the nest is reported to the ringer", "Monitoring")
    assert paired(piece("The state of the nest is reported to the ringer", "Health"), old) == "same"


def test_what_is_written_anew_is_known_by_the_words_that_only_it_has() -> None:
    old = piece("serotonin syndrome with tramadol", "Linezolid")
    new = piece("Never give tramadol beside linezolid, since both raise serotonin")
    assert paired(new, old, piece("lives in gardens"), piece("eats worms")) == "same"


def test_a_row_most_of_whose_cells_say_other_things_is_another_row() -> None:
    def row(*texts: str) -> Piece:
        return Piece("robin", "table", texts, asks=False)

    assert (
        paired(
            row("2", "cefaclor", "Haemophilus too", "serum sickness"), row("2", "cefuroxime", "Haemophilus too", "badly taken up")
        )
        != "same"
    )
    assert (
        paired(
            row("2", "cefuroxime", "Haemophilus also", "badly taken up"),
            row("2", "cefuroxime", "Haemophilus too", "poorly taken up"),
        )
        == "same"
    )


def test_another_right_option_is_another_question_though_the_options_are_the_same() -> None:
    old = Piece("robin", "quiz", ("Which of these sings one song per day?", "Wren", "*Robin", "Tit", ""), asks=True)
    new = Piece("robin", "quiz", ("Which of these sings a stable song per day?", "*Wren", "Robin", "Tit", ""), asks=True)
    assert paired(new, old) != "same"


def test_of_two_lines_that_were_joined_the_one_with_a_card_lives_on() -> None:
    first = piece("new or different song", "exceptions")
    second = replace(piece("unforeseen storms of 1989", "exceptions"), learned=True)
    joined = piece("new or different song, or unforeseen storms of 1989", "exceptions")
    pairs, _ = near_pairs({0: joined}, {"first": first, "second": second}, [first, second], WORDS)
    assert pairs == [(0, "second")]


def test_two_terms_that_the_guide_tells_apart_are_not_forms_of_one_word() -> None:
    old = piece("the person to whom an offer is made", "Offeree")
    new = piece("the person by whom an offer is made", "Offeror")
    assert paired(new, old) == "same"  # nobody knows better
    assert paired(new, old, piece("dies, and the offeree knows that the offeror did", "Lapse")) == "ask"


def test_a_row_under_another_name_is_only_known_by_cells_that_say_much() -> None:
    def row(*texts: str) -> Piece:
        return Piece("robin", "table", texts, asks=False)

    assert paired(row("Plasma osmolality", "high / normal", "low"), row("Serum sodium", "high / normal", "low")) == "ask"
    assert paired(row("Central failure", "↓ / normal", "↓"), row("Adenoma", "↑ / normal", "↑")) != "same"


def test_another_case_with_another_year_under_the_same_label_is_asked() -> None:
    old = piece("since Williams v Roffey (1991) a promise to pay more for work that is owed may bind", "Practical benefit")
    new = piece("since Stilk v Myrick (1809) a promise to pay more for work that is owed may bind", "Practical benefit")
    assert paired(new, old) == "ask"


def test_a_question_with_another_name_that_asks_for_the_opposite_is_another_one() -> None:
    old = piece("Because the voyage was long", "Why was the charterer in Hongkong Fir not allowed to end it?", asks=True)
    new = piece("Because the voyage was long", "Why was the charterer in The Nanfri allowed to end it?", asks=True)
    assert paired(new, old) != "same"


def test_the_same_three_numbers_hold_a_line_that_is_worded_anew() -> None:
    old = piece("SA 60-100, AV 40-60, ventricles 20-40 per minute", "Intrinsic rates")
    assert paired(piece("sinus node 60-100, AV node 40-60, ventricles 20-40", "Pacemaker rates per minute"), old) == "same"
    assert paired(piece("sinus node 60-90, AV node 40-55, ventricles 20-35", "Pacemaker rates per minute"), old) != "same"


def test_a_question_that_becomes_a_line_about_what_it_asked_is_the_same_and_the_other_way_round() -> None:
    old = piece("The type does not count, only which methods an object has", "What is duck typing?", asks=True)
    new = piece("the class does not count as long as the object has the methods you need", "Duck typing")
    assert paired(new, old) == "same"
    assert paired(old, new) == "same"


def test_a_name_in_one_word_or_two_or_as_its_initials_is_the_same() -> None:
    old = piece("virtual desktops or apps for remote access", "Azure Virtual Desktop")
    assert paired(piece("remote access to virtual desktops or one app", "AVD"), old) == "same"
    server = piece("front door, everything talks to it over REST", "kube-apiserver")
    assert paired(piece("the front door, all others talk to it over REST", "API server"), server) == "same"


def test_a_term_that_stands_within_a_word_of_another_is_another_one() -> None:
    old = piece("uses one shared key for encryption and decryption of a message", "Symmetric key")
    new = piece("uses a pair of keys for encryption and decryption of a message", "Asymmetric key")
    assert paired(new, old) != "same"
    nest = piece("has one move for each state and sign", "Deterministic automaton")
    assert paired(piece("has several moves for each state and sign", "Nondeterministic automaton"), nest) != "same"


def test_one_telling_word_under_a_label_of_its_own_holds_a_line_and_none_is_asked() -> None:
    old = piece("her rape by the king's son set off the revolt", "Lucretia")
    assert paired(piece("raped by a prince; the scandal brought down the monarchy", "Lucretia"), old) == "same"
    drug = piece("not if allergic to sulfa", "Hydrochlorothiazide")
    assert paired(piece("raises uric acid, gout", "Hydrochlorothiazide"), drug) != "same"


def test_three_telling_words_hold_a_line_that_has_moved_to_another_topic() -> None:
    old = piece("daily weight is the best measure of fluid, one kilogram is one liter")
    new = replace(piece("Weigh daily: a kilogram of fluid makes a liter on the scale"), topic="wren")
    assert paired(new, old) == "same"
    assert paired(replace(piece("Urine is no good measure of thirst"), topic="wren"), old) != "same"


def test_a_question_that_exchanges_a_word_with_an_answer_that_exchanges_one_is_another() -> None:
    old = piece("the consumers pay all of it", "Who carries more of the tax if demand is perfectly inelastic?", asks=True)
    new = piece("the sellers pay all of it", "Who carries more of the tax if supply is perfectly inelastic?", asks=True)
    assert paired(new, old) != "same"


def test_a_task_with_another_figure_is_another_unless_its_answer_stays() -> None:
    old = piece("2", "The mean is 100 and the SD 15. What is the z-score of 130?", asks=True)
    assert paired(piece("-2", "The mean is 100 and the SD 15. What is the z-score of 70?", asks=True), old) != "same"
    assert paired(piece("2", "The mean is 100 and the SD 20. What is the z-score of 140?", asks=True), old) == "same"


def test_two_terms_that_explain_one_another_are_two() -> None:
    old = piece("tip of a pyramid, drips urine into a minor calyx", "Papilla")
    assert paired(piece("cup around a papilla, catches the urine dripping from it", "Minor calyx"), old) != "same"


def test_a_label_and_its_text_may_change_places() -> None:
    old = piece("to have just done something", "venir de + infinitive")
    assert paired(piece("venir de + infinitive (je viens de manger)", "To have just done something"), old) == "same"


def test_one_thing_in_two_languages_goes_by_its_label() -> None:
    old = replace(piece("I don't mind either way", "Ça m'est égal"), pair=True)
    assert paired(replace(piece("it's all the same to me", "Ça m'est égal"), pair=True), old) == "same"


def test_where_every_noun_has_a_capital_capitals_are_no_names() -> None:
    old = piece("Beim Zerfall entstehen Helium und viel Wärme", "Alphazerfall")
    new = piece("Der Zerfall setzt Wärme frei und liefert Kerne von Helium", "Alphazerfall")
    german = Known(frozenset({"der", "von", "und", "beim", "viel"}), frozenset(), frozenset(), capital_nouns=True)
    assert near_pairs({0: new}, {"a": old}, [old], german)[0] == [(0, "a")]


def test_what_a_bracket_adds_at_the_end_makes_no_other_line() -> None:
    old = piece("demand falls when income rises (instant noodles, bus rides)", "Inferior good")
    assert paired(piece("demand falls when income rises (instant noodles, old clothes)", "Inferior good"), old) == "same"


def test_a_label_that_moves_to_another_topic_with_one_word_in_common_is_another_fact() -> None:
    old = piece("tourism, wine and cars", "Economy")
    assert paired(replace(piece("oil, fish and wine imports", "Economy"), topic="wren"), old) != "same"


def test_a_form_of_a_word_that_many_facts_of_the_topic_have_tells_nothing() -> None:
    many = [piece(f"production of hormone number {number}", f"Gland {number}") for number in range(6)]
    old = piece("production of cortisol at dawn", "Cortex")
    new = piece(
        "whenever blood pressure falls too far renin comes out, whose product then narrows all vessels of the body", "Cortex"
    )
    assert near_pairs({0: new}, {"a": old}, [*many, old], WORDS)[0] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Central diabetes insipidus", "lack of ADH (trauma, craniopharyngioma), desmopressin helps"),
         ("Central DI", "too little ADH, e.g. after trauma or craniopharyngioma; desmopressin works")),
        (("Propylthiouracil", "blocks the T4 to T3 conversion, preferred in the first trimester"),
         ("PTU", "first trimester drug; stops the T4 to T3 conversion too")),
        (("Result", "two states, the FRG in May and the GDR in October"),
         ("Two states came out of it", "FRG (May) and GDR (October)")),
    ],
)  # fmt: skip
def test_a_line_is_known_under_another_label_by_most_of_its_words(old: tuple[str, str], new: tuple[str, str]) -> None:
    assert paired(piece(new[1], new[0]), piece(old[1], old[0]), piece("something else", "Else")) == "same"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Oligotrophic lake", "few nutrients, clear, oxygen down to the ground"),
         ("Eutrophic lake", "many nutrients, cloudy, little oxygen at the ground")),
        (("Savings Plans", "commit to spending for 1 or 3 years and pay less"),
         ("Reserved Instances", "commit to a type for 1 or 3 years and pay less")),
        (("Pipe", "stream of bytes between processes"), ("Named pipe", "has a file name, for other processes")),
        (("Speaking", "a talk, with 10 minutes to prepare the last task"), ("Speaking", "three tasks, one of them a role play")),
        (("", "Init containers run before the app containers"), ("", "Sidecar containers run beside the app containers")),
    ],
)  # fmt: skip
def test_a_twin_under_another_label_with_another_number_or_of_another_thing_is_another(
    old: tuple[str, str], new: tuple[str, str]
) -> None:
    assert paired(piece(new[1], new[0]), piece(old[1], old[0]), piece("something else", "Else")) != "same"


def test_lines_that_share_a_label_need_more_than_a_word_to_be_one() -> None:
    others = [piece("Roosevelt came for the last time", "Yalta"), piece("three zones were agreed", "Yalta")]
    old = piece("Stalin promised to join the war against Japan after Germany's defeat", "Yalta")
    assert paired(piece("Stalin agreed that the USSR would join the new United Nations", "Yalta"), old, *others) != "same"


def test_years_in_short_and_another_unit_are_the_same_number_and_no_name() -> None:
    assert (
        paired(piece("ruled 1981-89, an actor before that", "Reagan"), piece("ruled 1981 to 1989, an actor before", "Reagan"))
        == "same"
    )
    assert paired(piece("Grows up to 256 TiB by itself"), piece("Grows up to 128 TB by itself")) == "same"


def test_under_one_label_a_denial_and_a_common_word_are_not_enough() -> None:
    others = [piece(f"the {name} zone has a name of its own") for name in ("north", "south", "west", "east")]
    new = piece("private zones resolve names inside networks", "DNS")
    assert paired(new, piece("hosts your zones, but you may not buy a domain name with it", "DNS"), *others) != "same"
    assert paired(new, piece("hosts your zones, and resolves a domain name with them", "DNS"), *others) == "same"
