from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.engines.memory import PassagesInMemory
from index.engines.prefilter import Prefilter
from index.engines.wording import Wording
from index.model import Article, Passage, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ANALYZER = Analyzer()
WORDS = st.sampled_from(
    ["said", "Said", "people", "year", "café", "cafe", "O’Neill", "O'Neill", "5bn", "U.S.", "AT&T",
     "1,500", "naïve", "Łódź", "Google™", "ﬁnd", "find", "\uff13", "3", "東京", "so\u00adup",
     "soup", "ß", "ss"]
)  # fmt: skip
SEPARATORS = st.sampled_from([" ", " “", "”, ", " – ", "\n", "-", "_", "\u200b ", "… ", "—"])
TEXT = st.lists(st.tuples(WORDS, SEPARATORS), max_size=6).map(
    lambda pairs: "".join(word + separator for word, separator in pairs)
)
ANY_TEXT = st.one_of(TEXT, st.text(max_size=20))


def passage(number, text, title="", publisher=None):
    return Passage(number, Article(str(number), title, text, None, publisher), 0, len(text))


def passing(passages, *phrases: str):
    wording = Wording.of(Query("", phrases=phrases), ANALYZER)
    prefilter = Prefilter(wording.phrases, PassagesInMemory(passages))
    return prefilter.passing([each.id for each in passages])


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT, ANY_TEXT, st.data())
def test_whatever_has_the_phrases_passes(title, text, data):
    words = text.split() or ["said"]
    start = data.draw(st.integers(0, len(words) - 1))
    phrase = " ".join(words[start : start + data.draw(st.integers(1, 3))])
    each = passage(1, text, title)
    wording = Wording.of(Query("", phrases=(phrase,)), ANALYZER)
    if wording.phrases and wording.admits(each):
        assert passing([each], phrase) == [1]


def test_what_has_the_words_apart_does_not_pass():
    passages = [
        passage(1, "people said “all year” so"),
        passage(2, "said people, all year"),
        passage(3, "people – “said”", title="all-year"),
        passage(4, "nothing", publisher="People Said"),
        passage(5, "Peöple said"),
    ]
    assert passing(passages, "people said") == [1, 3, 4, 5]
    assert passing(passages, "people said", "all year") == [1, 3]


def test_an_article_is_looked_at_once():
    class Counting(PassagesInMemory):
        read: ClassVar[list[int]] = []

        def texts_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
            self.read += numbers
            return super().texts_of(numbers)

    source = Counting([passage(1, "said so"), passage(2, "said no")])
    prefilter = Prefilter([["said", "so"]], source)
    assert prefilter.passing([1]) == [1]
    assert prefilter.passing([2, 1]) == [1]
    assert len(source.read) == 2


def test_a_passage_that_is_gone_does_not_pass():
    assert Prefilter([["said"]], PassagesInMemory([])).passing([7]) == []
