from hypothesis import given, settings

from bot.answering.evidence import READ_COUNT
from bot.answering.windows import LONGEST_QUOTE
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import evidence_in, over, story


def test_only_the_first_passages_are_read():
    news = over(*(story(f"{n}", f"The bridge closed. Number {n}.") for n in range(READ_COUNT + 4)))
    evidence = evidence_in(news, "Why was the bridge closed?")
    assert len(evidence.ranked) == READ_COUNT + 4
    assert [passage for passage, _ in evidence.read] == list(evidence.ranked[:READ_COUNT])
    assert len(evidence.sentences) == len(evidence.sentence_features) == 2 * READ_COUNT


def test_sentences_have_the_names_that_stand_in_them():
    news = over(story("a", "The bridge of Mara Finch closed. The boat of Solvang sank in 1931."))
    first, second = evidence_in(news, "Why was the bridge closed?").sentences
    assert [name.text for name in first.names] == ["mara", "finch"]
    assert [name.text for name in first.full_names] == ["Mara Finch"]
    assert [name.text for name in second.names] == ["solvang", "1931"]
    assert second.full_names == []
    assert second.distinct == set(news.terms("The boat of Solvang sank in 1931."))


@settings(deadline=None)
@given(ARTICLES, QUESTIONS)
def test_sentences_are_byte_exact_and_short_enough_to_quote(articles, question):
    stored = {article.id: article.text for article in articles}
    evidence = evidence_in(over(*articles), question)
    assert [each.rank for each in evidence.ranked] == list(range(1, len(evidence.ranked) + 1))
    for passage, sentences in evidence.read:
        of_passage = passage.found.hit.passage
        for sentence in sentences:
            assert of_passage.start <= sentence.start < sentence.end <= of_passage.end
            assert sentence.text == stored[sentence.article.id][sentence.start : sentence.end]
            assert len(sentence.text) <= LONGEST_QUOTE
