"""An article's text to passages: what is indexed, retrieved and quoted. Knows no terms or scores.

Whole sentences are joined until a passage has enough words to be understood alone; it ends with
its paragraph where it can, and never reaches across a heading, a caption or boilerplate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.analysis.prose import Kind, Paragraph, paragraphs
from index.analysis.sentences import last_space, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# MRR@10 of the passages that hold the evidence of 229 and 367 judged news questions: .627 and .716;
# .603 and .716 where a passage ended with its paragraph only from 100 words on, however the next
# one fitted. 60 and 70 words (.633 and .721, .641 and .722) are within the noise of 50.
MIN_WORD_COUNT = 50
MAX_WORD_COUNT = 120
MAX_CHARACTER_COUNT = 900

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    word_count: int


def split_passages(text: str, *, title: str = "") -> list[Span]:
    """Return the spans of the passages of `text`: ascending, trimmed, without overlap.

    Each has at most 120 words and 900 characters; from 50 words on it ends with its paragraph if
    the next one does not fit as a whole. A longer sentence is cut at white space.

    A line that repeats `title` is no passage. Where a text has no prose, its headings are taken
    instead, else its captions, else the line of its title.
    """
    return [
        span
        for run in _runs(_readable(text, paragraphs(text), title))
        for span in _merged([list(_sentences(text, paragraph)) for paragraph in run])
    ]


def _readable(text: str, found: Sequence[Paragraph], title: str) -> list[tuple[bool, Paragraph]]:
    """Pair each paragraph with whether it belongs into passages."""
    titles = {p for p in found if _is_same(text[p.start : p.end], title)}
    for kind in (Kind.PROSE, Kind.HEADING, Kind.CAPTION):
        chosen = {p for p in found if p.kind is kind and p not in titles}
        if chosen:
            return [(p in chosen, p) for p in found]
    return [(p in titles, p) for p in found]


def _is_same(line: str, title: str) -> bool:
    words = line.lstrip("#").casefold().split()
    return bool(words) and words == title.casefold().split()


def _runs(marked: Sequence[tuple[bool, Paragraph]]) -> Iterator[list[Paragraph]]:
    """Yield the paragraphs that stand together, without one between that is left out."""
    run: list[Paragraph] = []
    for is_readable, paragraph in marked:
        if is_readable:
            run.append(paragraph)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _sentences(text: str, paragraph: Paragraph) -> Iterator[_Sentence]:
    for start, end in split_sentences(text, paragraph.start, paragraph.end):
        for first, last in _pieces(text, start, end):
            yield _Sentence(first, last, len(text[first:last].split()))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a sentence that is longer than a passage at white space, or anywhere without any."""
    while end - start > MAX_CHARACTER_COUNT:
        limit = start + MAX_CHARACTER_COUNT
        cut = last_space(text, start, limit + 1) or limit
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    yield start, end


def _merged(paragraphs_of_sentences: Sequence[Sequence[_Sentence]]) -> list[Span]:
    """Join sentences greedily; what is left at the end is a passage, however short."""
    passages: list[list[_Sentence]] = [[]]
    for sentences in paragraphs_of_sentences:
        if _word_count(passages[-1]) >= MIN_WORD_COUNT and not _fits(passages[-1], sentences):
            passages.append([])
        for sentence in sentences:
            if passages[-1] and not _fits(passages[-1], [sentence]):
                passages.append([])
            passages[-1].append(sentence)
    return [(passage[0].start, passage[-1].end) for passage in passages]


def _fits(passage: Sequence[_Sentence], more: Sequence[_Sentence]) -> bool:
    is_short = more[-1].end - passage[0].start <= MAX_CHARACTER_COUNT
    return is_short and _word_count(passage) + _word_count(more) <= MAX_WORD_COUNT


def _word_count(sentences: Sequence[_Sentence]) -> int:
    return sum(sentence.word_count for sentence in sentences)
