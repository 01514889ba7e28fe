from hypothesis import given
from hypothesis import strategies as st

from bot.answering.windows import LONGEST_QUOTE, sentences_of, windows
from index import Article, Passage

WORDS = st.text("abc é“”.,;\n ", min_size=1, max_size=30)


def passage_of(text: str) -> Passage:
    return Passage(1, Article("a", "Title", text), 0, len(text))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_of(passage_of(text))]


def test_a_passage_is_taken_apart_at_its_sentences_and_lines():
    text = "The ferry sailed. It was late.\r\n“Never again,” she said.\u2028Nobody answered."
    assert sentences(text) == [
        "The ferry sailed.",
        "It was late.",
        "“Never again,” she said.",
        "Nobody answered.",
    ]


def test_a_sentence_broken_to_fit_a_width_is_one_sentence():
    text = (
        "The harbour board said on Thursday that the two cranes on the north\n"
        "quay would be moved before the autumn gales, at a cost of £40,000,\n"
        "which the county has agreed to share with the town in equal parts.\n"
        "Work will begin in June and should take eleven weeks, weather and\n"
        "tides permitting, the board said in a letter to all of its tenants.\n"
    )
    found = sentences(text)
    assert len(found) == 2
    assert found[0].startswith("The harbour board")
    assert found[0].endswith("in equal parts.")


def test_a_sentence_too_long_to_quote_is_cut_after_a_comma_or_a_word():
    text = "The list goes on, " * 40
    parts = sentences(text.strip() + ".")
    assert all(len(part) <= LONGEST_QUOTE for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])


def test_a_part_of_a_long_sentence_ends_with_a_word_though_two_spaces_follow_it():
    assert sentences("The list is here  " + "x" * 450)[0] == "The list is here"


@given(st.lists(WORDS, min_size=1, max_size=40).map("".join))
def test_nothing_but_white_space_is_lost_and_every_part_can_be_quoted(text):
    spans = sentences_of(passage_of(text))
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())
    assert all(0 < end - start <= LONGEST_QUOTE for start, end in spans)
    for first, last in windows(spans):
        assert 0 <= last - first < 3
        assert spans[last][1] - spans[first][0] <= LONGEST_QUOTE
