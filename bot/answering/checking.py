"""Whether words that somebody quotes stand in an article, and how they differ from it. Pure.

Words are compared in the form in which phrases are; bytes only where a quote is called verbatim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import Match, SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.analysis.folding import fold
from index.analysis.words import word_spans
from index.model import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.quoted import Quotation
    from index.model import Article, Hit
    from index.searcher import Searcher

Faith = Literal["verbatim", "alike", "nearly", "unknown"]
"""How true to an article: its very bytes, its words, most of its words, or nothing like it."""

FOUND_COUNT = 20
_MOST_SEARCHED_WORDS = 60
_LEAST_LIKENESS = 0.6
_LEAST_SLACK = 5
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s|\n")
_CLOSING = re.compile(r"[.,;:!?…]*[”’\"')\]]*")


class Difference(NamedTuple):
    """Words that were quoted, and those that stand in their place; either may be empty."""

    quoted: str
    published: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of looking for a quotation: `article.text[start:end]` is what it comes from."""

    said: str
    faith: Faith = "unknown"
    article: Article | None = field(default=None, repr=False)
    start: int = 0
    end: int = 0
    differences: tuple[Difference, ...] = ()
    also_in: tuple[Article, ...] = field(default=(), repr=False)


class _Word(NamedTuple):
    form: str
    start: int
    end: int


def check(quotation: Quotation, searcher: Searcher) -> Checked:
    """Look for a quotation in the passages most like it."""
    said = quotation.text
    words = [said[start:end] for start, end in word_spans(said)][:_MOST_SEARCHED_WORDS]
    hits = searcher.search(Query(" ".join(words)), FOUND_COUNT)
    exact = [each for hit in _one_an_article(hits) if (each := _verbatim(quotation, hit))]
    if exact:
        first, *others = sorted(exact, key=_publication)
        articles = tuple(each.article for each in others if each.article)
        return Checked(first.said, "verbatim", first.article, first.start, first.end, (), articles)
    near = [alike for hit in hits if (alike := _aligned(said, hit)) is not None]
    if not near:
        return Checked(said)
    # the first of those that are equally like it has the better passage
    return max(near, key=lambda each: each[0])[1]


def _one_an_article(hits: Sequence[Hit]) -> list[Hit]:
    return list({hit.passage.article.id: hit for hit in reversed(hits)}.values())


def _publication(found: Checked) -> datetime:
    published = found.article.published if found.article else None
    return published.at if published else datetime.max.replace(tzinfo=UTC)


def _verbatim(quotation: Quotation, hit: Hit) -> Checked | None:
    article = hit.passage.article
    for form in quotation.forms:
        at = article.text.find(form)
        if at >= 0:
            return Checked(form, "verbatim", article, at, at + len(form))
    return None


def _aligned(said: str, hit: Hit) -> tuple[float, Checked] | None:
    """Return how alike the words near a passage are, and how they differ; None for little."""
    article, room = hit.passage.article, 2 * len(said)
    near = max(0, hit.passage.start - room), min(len(article.text), hit.passage.end + room)
    quoted, around = _words(said, 0, len(said)), _words(article.text, *near)
    if not quoted or not around:
        return None
    published = _window(quoted, around)
    matcher = _matcher(quoted, published)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    first, last = _span(blocks, quoted, published, article.text)
    published = published[first:last]
    matcher = _matcher(quoted, published)
    likeness = matcher.ratio()
    if likeness < _LEAST_LIKENESS:
        return None
    differences = tuple(_differences(matcher, said, quoted, article.text, published))
    start, end = published[0].start, published[-1].end
    closing = _CLOSING.match(article.text, end)
    end = closing.end() if closing else end
    faith: Faith = "nearly" if differences else "alike"
    return likeness, Checked(said, faith, article, start, end, differences)


def _words(text: str, start: int, end: int) -> list[_Word]:
    """Return the words of `text[start:end]`, with where they stand in `text`."""
    spans = word_spans(text[start:end])
    return [_Word(fold(text[start + s : start + e]), start + s, start + e) for s, e in spans]


def _matcher(quoted: Sequence[_Word], published: Sequence[_Word]) -> SequenceMatcher[str]:
    forms = [each.form for each in quoted], [each.form for each in published]
    return SequenceMatcher(None, *forms, autojunk=False)


def _window(quoted: Sequence[_Word], published: Sequence[_Word]) -> Sequence[_Word]:
    """Return the words around the longest run that both share, about as many as are quoted.

    Words they share by chance, far away, would make what is published seem longer than it is.
    """
    longest = _matcher(quoted, published).find_longest_match()
    slack = max(_LEAST_SLACK, len(quoted) // 2)
    begin = longest.b - longest.a
    return published[max(0, begin - slack) : begin + len(quoted) + slack]


def _span(
    blocks: Sequence[Match], quoted: Sequence[_Word], published: Sequence[_Word], text: str
) -> tuple[int, int]:
    """Return which published words are meant: from the first shared one to the last.

    As many more on either side as are quoted beyond those, within the same sentence.
    """
    (quoted_first, first, _), (quoted_last, last, size) = blocks[0], blocks[-1]
    last += size
    for _ in range(quoted_first):
        if first == 0 or _ends_between(text, published[first - 1], published[first]):
            break
        first -= 1
    for _ in range(len(quoted) - quoted_last - size):
        if last == len(published) or _ends_between(text, published[last - 1], published[last]):
            break
        last += 1
    return first, last


def _ends_between(text: str, one: _Word, next_one: _Word) -> bool:
    return _SENTENCE_END.search(text, one.end, next_one.start) is not None


def _differences(
    matcher: SequenceMatcher[str],
    said: str,
    quoted: Sequence[_Word],
    text: str,
    published: Sequence[_Word],
) -> Iterator[Difference]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(_between(said, quoted[a:b]), _between(text, published[c:d]))


def _between(text: str, words: Sequence[_Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
