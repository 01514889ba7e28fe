from hypothesis import given, settings

from bot.answering.candidates import candidates
from bot.answering.windows import LONGEST_QUOTE, MOST_SENTENCES
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import evidence_in, over, story


def candidates_in(text: str, question: str = "Who closed the bridge?"):
    evidence = evidence_in(over(story("a", text)), question)
    assert evidence.read, "nothing was found"
    return list(candidates(evidence.read, [0.5] * len(evidence.sentences)))


def texts(text: str) -> set[str]:
    article = story("a", text)
    return {article.text[each.start : each.end] for each in candidates_in(text)}


def test_every_run_of_up_to_three_sentences_could_be_quoted():
    told = ["The bridge closed.", "Mara Finch was away.", "Eels are cheap.", "Boats sank."]
    assert texts(" ".join(told)) == {
        " ".join(told[first:last]) for first in range(4) for last in range(first + 1, first + 4)
    } - {" ".join(told)}


def test_a_sentence_that_leans_on_the_one_before_comes_with_it():
    first, second = "The mayor, Mara Finch, resigned.", "She closed the bridge before."
    assert texts(f"{first} {second}") == {first, f"{first} {second}"}


def test_a_sentence_that_leans_on_nothing_before_it_comes_alone():
    first, second = "She closed the bridge before.", "The mayor resigned."
    assert first in texts(f"{first} {second}")


def test_a_sentence_that_leans_on_one_too_long_comes_alone():
    first = "The mayor, " + "who was tired of it, " * 18 + "resigned."
    second = "She closed the bridge before."
    assert len(first) <= LONGEST_QUOTE < len(f"{first} {second}")
    assert second in texts(f"{first} {second}")


def test_speech_comes_with_who_spoke_before_it_or_after_it():
    speech = "“We closed the bridge at noon.”"
    speaker, other = "Mara Finch said it was no secret.", "Eels are cheap."
    for told in (f"{speaker} {speech}", f"{speech} {speaker}"):
        assert speech not in texts(told)
        assert told in texts(told)
    assert speech in texts(f"{other} {speech} {other}")


def test_the_chance_of_several_is_that_one_of_them_answers():
    evidence = evidence_in(over(story("a", "The bridge closed. Eels are cheap.")), "bridge closed")
    chances = {each.rows: each.chance for each in candidates(evidence.read, [0.5, 0.2])}
    assert chances == {range(1): 0.5, range(1, 2): 1 - (1 - 0.2), range(2): 1 - 0.5 * (1 - 0.2)}


def test_rows_go_on_from_one_passage_to_the_next():
    searcher = over(
        story("a", "The bridge closed. Eels are cheap."), story("b", "The bridge closed late.")
    )
    evidence = evidence_in(searcher, "Why was the bridge closed?")
    sentences = evidence.sentences
    for each in candidates(evidence.read, [0.1] * len(sentences)):
        assert [sentences[row] for row in each.rows] == list(each.sentences)


def test_only_words_of_one_article_overlap():
    text = "The bridge closed. Eels are cheap. Boats sank."
    evidence = evidence_in(over(story("a", text), story("b", text)), "Why was the bridge closed?")
    found = list(candidates(evidence.read, [0.1] * len(evidence.sentences)))
    for one in found:
        for other in found:
            shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
            assert one.overlaps(other) == (one.article == other.article and bool(shared))


@settings(deadline=None)
@given(ARTICLES, QUESTIONS)
def test_every_candidate_is_a_short_byte_exact_span_of_its_passage(articles, question):
    stored = {article.id: article.text for article in articles}
    evidence = evidence_in(over(*articles), question)
    for each in candidates(evidence.read, [0.25] * len(evidence.sentences)):
        passage = each.passage.found.hit.passage
        assert passage.start <= each.start < each.end <= passage.end
        assert 0 < each.length <= LONGEST_QUOTE
        assert 1 <= len(each.sentences) <= MOST_SENTENCES
        said = stored[each.article.id][each.start : each.end]
        assert said.startswith(each.sentences[0].text)
        assert said.endswith(each.sentences[-1].text)
        assert said == said.strip()
        assert 0.0 <= each.chance <= 1.0
