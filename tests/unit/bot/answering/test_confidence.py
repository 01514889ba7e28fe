import pytest

from bot.answering.abstaining import needed_coverage


def test_a_longer_question_needs_less_of_it_in_one_passage():
    needed = [needed_coverage(count, 10_000) for count in (4, 8, 16)]
    assert needed == sorted(needed, reverse=True)
    assert len(set(needed)) == 3


def test_a_larger_corpus_needs_more_since_words_meet_by_chance():
    assert needed_coverage(8, 100) < needed_coverage(8, 10_000) < needed_coverage(8, 1_000_000)


@pytest.mark.parametrize("term_count", [0, 1, 2, 5, 30, 500])
@pytest.mark.parametrize("passage_count", [0, 1, 100, 10_000_000])
def test_a_passage_with_every_word_is_always_enough_and_one_with_none_never(
    term_count, passage_count
):
    assert 0.0 < needed_coverage(term_count, passage_count) < 1.0
