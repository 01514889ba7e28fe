import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.passages import (
    MAX_CHARACTER_COUNT,
    MAX_WORD_COUNT,
    MIN_WORD_COUNT,
    split_passages,
)
from index.analysis.prose import Kind, paragraphs

SENTENCE = "The council met on Monday and nothing at all was decided there."  # 12 words


def passages(text: str, title: str = "") -> list[str]:
    return [text[start:end] for start, end in split_passages(text, title=title)]


def test_short_paragraphs_are_joined_while_they_fit():
    text = "\n\n".join([SENTENCE] * 12)
    found = passages(text)
    assert [len(passage.split()) for passage in found] == [120, 24]
    assert "\n\n".join(found) == text


def test_a_passage_ends_with_its_paragraph_if_the_next_does_not_fit():
    first, second = " ".join([SENTENCE] * 5), " ".join([SENTENCE] * 6)
    assert passages(f"{first}\n{second}") == [first, second]


def test_a_passage_of_few_words_takes_the_beginning_of_the_next_paragraph():
    found = passages(f"{SENTENCE}\n{' '.join([SENTENCE] * 12)}")
    assert [len(passage.split()) for passage in found] == [120, 36]


def test_a_long_paragraph_is_cut_between_sentences():
    found = passages(" ".join([SENTENCE] * 25))
    assert [len(passage.split()) for passage in found] == [120, 120, 60]
    assert all(passage.endswith("there.") for passage in found)


@pytest.mark.parametrize(
    "line",
    [
        "What we know so far",
        "## A Markdown heading",
        "Follow Jane Doe on Facebook and Twitter.",
        "File/The leader speaks. (JANE DOE/AFP via Getty Images)",
    ],
)
def test_no_passage_holds_or_crosses_what_is_not_prose(line):
    assert passages(f"{SENTENCE}\n{line}\n{SENTENCE}") == [SENTENCE, SENTENCE]


def test_the_title_is_no_passage():
    assert passages(f"THE Council  meets.\n\n{SENTENCE}", title="The council meets.") == [SENTENCE]
    assert passages(f"# The council meets.\n{SENTENCE}", title="The council meets.") == [SENTENCE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He resigned.", ["He resigned."]),
        ("Mayor resigns", ["Mayor resigns"]),
        ("# Mayor resigns\n\n# Riots follow", ["# Mayor resigns\n\n# Riots follow"]),
        ("Mayor resigns\nPhoto: Jane Doe", ["Mayor resigns"]),
        ("Photo: Jane Doe\nAdvertisement", ["Photo: Jane Doe"]),
        ("Advertisement", []),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_without_prose_gives_the_best_it_has(text, expected):
    assert passages(text) == expected


def test_a_text_that_is_only_its_title_can_still_be_found():
    assert passages("Mayor resigns\n", title="Mayor resigns") == ["Mayor resigns"]


def test_a_very_long_sentence_is_cut_at_white_space():
    text = "word " * 1_000
    found = passages(text)
    assert max(map(len, found)) <= MAX_CHARACTER_COUNT
    assert " ".join(found) == text.strip()


def test_a_text_without_white_space_is_cut_anywhere():
    text = "x" * 10_000
    found = passages(text)
    assert max(map(len, found)) <= MAX_CHARACTER_COUNT
    assert "".join(found) == text


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.integers(1, 30).map(lambda count: " ".join([SENTENCE] * count)),
        st.integers(1, 400).map(lambda count: "word " * count + "end."),
        st.integers(1, 2_000).map(lambda count: "x" * count),
        st.sampled_from(
            ["What we know so far", "Advertisement", "Photo: Jane Doe", "", "東京は晴れ。"]
        ),
    ),
    max_size=12,
)
ARTICLES = st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\r\n"])).map(lambda a: a[1].join(a[0]))


@given(ARTICLES)
def test_passages_ascend_are_trimmed_and_within_the_caps(text):
    at = 0
    for start, end in split_passages(text):
        assert at <= start < end <= len(text)
        passage = text[start:end]
        assert passage == passage.strip()
        assert len(passage) <= MAX_CHARACTER_COUNT
        at = end


@given(ARTICLES)
def test_passages_hold_all_prose_and_nothing_else(text):
    held = {
        at
        for start, end in split_passages(text)
        for at in range(start, end)
        if not text[at].isspace()
    }
    prose, other = set(), set()
    for paragraph in paragraphs(text):
        inside = range(paragraph.start, paragraph.end)
        words = {at for at in inside if not text[at].isspace()}
        (prose if paragraph.kind is Kind.PROSE else other).update(words)
    if prose:
        assert held == prose
    else:
        assert held <= other


@given(st.lists(st.integers(1, 9), max_size=12))
def test_a_passage_is_short_only_where_nothing_more_fits(sentence_counts):
    text = "\n".join(" ".join([SENTENCE] * count) for count in sentence_counts)
    found = passages(text)
    assert all(len(passage.split()) <= MAX_WORD_COUNT for passage in found)
    assert all(len(passage.split()) >= MIN_WORD_COUNT for passage in found[:-1])
