import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.sentences import plain_paragraphs, score
from index.analysis.sentences import (
    MAX_CHUNK_CHARACTER_COUNT,
    chunks,
    split_sentences,
    suggested_starts,
)

HARD_NEWS = Path(__file__).parent.parent / "hard_news.txt"
FLOOR = 0.97

# words, marks and spaces that rules look at, and any other text
WORDS = """
Mr. U.S. a.m. No. 1. said The end. end.” “Why?” … ... ! ( ) ” — Inc. v. J. iPhone 。 東京
"""
NEWSY = st.lists(
    st.sampled_from([*WORDS.split(), "\n", "\t", "\u2029", "x" * 90]), max_size=40
).flatmap(lambda words: st.sampled_from([" ", "", "\n"]).map(lambda space: space.join(words)))
TEXTS = st.one_of(st.text(max_size=200), NEWSY)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_sentences_of_hard_news_are_found():
    f1, _, _ = score(plain_paragraphs(HARD_NEWS.read_text("utf-8")))
    assert f1 >= FLOOR


@pytest.mark.parametrize(
    "text",
    [
        "Sen. Lopez met Gov. Hale and Maj. Gen. Ames on Jan. 6 in St. Louis.",
        "The U.S. Senate voted 51-49.",
        "Samuel L. Jackson and J.D. Vance were there.",
        "“Stop!” he shouted.",
        "“Stop!” Lopez said.",
        "“Is it over?” asked Maria Lopez.",
        "The meeting ended at 5 p.m. Thursday.",
        "The court heard Smith v. Jones.",
        "Britain's No. 10 declined to comment.",
        "Yahoo! Inc. said it would appeal.",
        "1. Wash your hands.",
        "The deal ... was off, he said.",
        "It cost $1.5 billion.",
        "no mark at all",
    ],
)
def test_one_sentence_stays_whole(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He moved to the U.S.", "She followed."),
        ("The meeting ended at 5 p.m.", "Officials left."),
        ("He called it “dead on arrival.”", "Lawmakers disagreed."),
        ("The answer was no.", "Everyone left."),
        ("The film stars Robert Downey Jr.", "It opens Friday."),
        ("The talks dragged on ...", "In the end nothing was signed."),
        ("“I'm running!”", "That tweet changed everything."),
        ("(Nobody could verify it.)", "Police declined to comment."),
        ("Sales fell.", "iPhone sales fell most."),
        ("What happened?", "No one knows."),
    ],
)
def test_two_sentences_are_told_apart(first, second):
    assert sentences(f"{first} {second}") == [first, second]


def test_full_width_marks_end_sentences_without_a_space():
    assert sentences("東京は晴れ。明日は雨!") == ["東京は晴れ。", "明日は雨!"]


def test_offsets_are_those_of_the_whole_text():
    text = "Left out. First one. Second one. Left out."
    found = split_sentences(text, 10, 32)
    assert [text[start:end] for start, end in found] == ["First one.", "Second one."]


def test_half_of_a_surrogate_pair_is_a_character_like_any_other():
    assert sentences("One \ud83d end. Another.") == ["One \ud83d end.", "Another."]


def test_nothing_is_found_in_nothing():
    assert split_sentences("") == split_sentences(" \n\t ") == split_sentences("Text.", 5) == []


@given(TEXTS)
def test_spans_ascend_are_trimmed_and_cover_every_word(text):
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(TEXTS, TEXTS, TEXTS)
def test_what_stands_around_a_paragraph_does_not_matter(before, text, after):
    alone = split_sentences(text)
    inside = split_sentences(before + text + after, len(before), len(before) + len(text))
    assert inside == [(start + len(before), end + len(before)) for start, end in alone]


@pytest.mark.parametrize("unit", ["a.", "“", "x", "word ", "Nobody knows. ", " ", "。", "-"])
def test_punkt_never_sees_more_than_a_chunk(unit):
    text = unit * (100_000 // len(unit))
    pieces = list(chunks(text, 0, len(text)))
    sizes = [end - start for start, end in pieces]
    assert max(sizes) <= MAX_CHUNK_CHARACTER_COUNT
    # pieces are few, so that the work grows with the text and no faster
    assert min(sizes[:-1]) >= MAX_CHUNK_CHARACTER_COUNT // 2
    assert [start for start, _ in pieces[1:]] == [end for _, end in pieces[:-1]]
    assert (pieces[0][0], pieces[-1][1]) == (0, len(text))


def test_a_long_paragraph_is_cut_where_a_sentence_ends():
    sentence = "The council met on Monday and nothing was decided in the end. "
    text = sentence * 1_000
    assert {text[start:end] for start, end in split_sentences(text)} == {sentence.strip()}


class Stalled:
    """A tokenizer that finds one sentence and then takes too long."""

    def span_tokenize(self, _text: str):
        yield 0, 1
        raise TimeoutError


def test_a_tokenizer_that_takes_too_long_suggests_nothing():
    assert suggested_starts(Stalled(), "One. Two.") == set()


def test_nltk_is_loaded_only_when_a_sentence_is_split():
    code = "import sys, index.analysis.sentences; sys.exit('regex' in sys.modules)"
    child = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - our own code
    assert child.returncode == 0
