"""An article's text to passages: what is indexed, retrieved and quoted. Knows no terms or scores.

Whole sentences are joined until a passage has enough words to be understood alone; it ends with
its paragraph where it can, and never reaches across a heading, a caption or boilerplate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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


class _Stretch(NamedTuple):
    """A sentence, or some that stand together."""

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
    words = title.casefold().split()
    is_title = [_is_same(text[p.start : p.end], words) for p in found]
    for kind in (Kind.PROSE, Kind.HEADING, Kind.CAPTION):
        chosen = [p.kind is kind and not same for p, same in zip(found, is_title, strict=True)]
        if any(chosen):
            return list(zip(chosen, found, strict=True))
    return list(zip(is_title, found, strict=True))


def _is_same(line: str, words: Sequence[str]) -> bool:
    # most lines have more words, and need not be read to their end
    own = line.lstrip("#").split(maxsplit=len(words))
    return bool(words) and len(own) == len(words) and [word.casefold() for word in own] == words


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


def _sentences(text: str, paragraph: Paragraph) -> Iterator[_Stretch]:
    for start, end in split_sentences(text, paragraph.start, paragraph.end):
        for first, last in _pieces(text, start, end):
            yield _Stretch(first, last, len(text[first:last].split()))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a sentence that is longer than a passage at white space, or anywhere without any."""
    while end - start > MAX_CHARACTER_COUNT:
        limit = start + MAX_CHARACTER_COUNT
        cut = last_space(text, start, limit + 1) or limit
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    yield start, end


def _merged(paragraphs_of_sentences: Sequence[Sequence[_Stretch]]) -> list[Span]:
    """Join sentences greedily; what is left at the end is a passage, however short."""
    passages: list[_Stretch] = []
    for sentences in paragraphs_of_sentences:
        is_full = bool(passages) and passages[-1].word_count >= MIN_WORD_COUNT
        begins_anew = is_full and _joined(passages[-1], *sentences) is None
        for sentence in sentences:
            longer = _joined(passages[-1], sentence) if passages and not begins_anew else None
            if longer:
                passages[-1] = longer
            else:
                passages.append(sentence)
            begins_anew = False
    return [(passage.start, passage.end) for passage in passages]


def _joined(passage: _Stretch, *more: _Stretch) -> _Stretch | None:
    """Return a passage with more sentences, or None where they do not fit."""
    word_count = passage.word_count + sum(sentence.word_count for sentence in more)
    is_short = more[-1].end - passage.start <= MAX_CHARACTER_COUNT
    if not is_short or word_count > MAX_WORD_COUNT:
        return None
    return _Stretch(passage.start, more[-1].end, word_count)
