"""What is clearly the same is paired, what may be the same is asked, and another fact never takes a known one's place."""

from deckpress.identity.pairs import near_pairs, of_one_name
from deckpress.identity.same import Known, Piece

WORDS = Known(frozenset({"a", "the", "of", "in", "for"}), frozenset({"not", "no"}), frozenset({"example"}))


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
