"""A paragraph to its sentences, as offsets. Knows nothing of paragraphs, passages or terms.

nltk's Punkt (Kiss and Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection") says
where a sentence may end; its abbreviations stand in our code, so that no data file is needed, and
the rules of sentence_rules.py overrule it. Punkt is slow, and asked only where no rule has an
opinion, about the words between two plain seams (plain_seams.py): it knows nothing beyond them.
It is imported when it is first asked.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Protocol

from index.analysis.abbreviations import ABBREVIATIONS
from index.analysis.nltk_modules import nltk_module
from index.analysis.plain_seams import is_plain
from index.analysis.sentence_rules import CLOSING, OPENING, WIDE_MARKS, Seam, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

# Punkt is slow on text without words, so it never sees more at once
MAX_CHUNK_CHARACTER_COUNT = 20_000
# what a rule may look at on each side of a seam
_CONTEXT_CHARACTER_COUNT = 80

_MARKS = ".?!…"
_CLOSING = re.escape(CLOSING)
# a mark comes first, so that `re` leaps from mark to mark; looking back two characters then tells
# whether it is the first of its run
SEAM = re.compile(
    rf"(?P<mark>[{_MARKS}{WIDE_MARKS}](?:"
    rf"(?<=[{_MARKS}])(?<![{_MARKS}].)[{_MARKS}]*+(?=[{_CLOSING}]*+\s)"
    rf"|(?<=[{WIDE_MARKS}])(?<![{WIDE_MARKS}].)[{WIDE_MARKS}]*+))"
    rf"(?P<closing>[」』】\uff09{_CLOSING}]*+)\s*+"
)


class SpanTokenizer(Protocol):
    """What is used of nltk's tokenizers."""

    def span_tokenize(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of sentences."""
        ...


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of the paragraph `text[start:end]`, as offsets in `text`.

    Spans are ascending, trimmed and never empty; all but white space is in one of them.
    """
    stop = len(text) if end is None else min(end, len(text))
    return [
        span for chunk in chunks(text, max(start, 0), stop) for span in _chunk_spans(text, *chunk)
    ]


def chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield pieces small enough for Punkt, cut after white space, or anywhere if there is none."""
    while end - start > MAX_CHUNK_CHARACTER_COUNT:
        limit = start + MAX_CHUNK_CHARACTER_COUNT
        cut = text.rfind(". ", start + MAX_CHUNK_CHARACTER_COUNT // 2, limit) + 1
        cut = cut or last_space(text, start, limit) or limit
        yield start, cut
        start = cut
    yield start, end


def last_space(text: str, start: int, end: int) -> int:
    """Return where the last white space in the second half of `text[start:end]` is, or 0."""
    middle = start + (end - start) // 2
    return next((at for at in range(end - 1, middle, -1) if text[at].isspace()), 0)


def _chunk_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    chunk = text[start:end]
    begin = len(chunk) - len(chunk.lstrip())
    for cut in (*_ends(chunk), len(chunk)):
        length = len(chunk[begin:cut].rstrip())
        if length:
            yield start + begin, start + begin + length
        begin = cut


def _ends(chunk: str) -> Iterator[int]:
    """Yield where the sentences of a chunk end, the last one left out."""
    begin = before = 0
    doubtful: list[re.Match[str]] = []
    for found in SEAM.finditer(chunk):
        end = found.end()
        if end == len(chunk):
            break
        if is_plain(chunk, found.start(), end, before):
            if doubtful:
                yield from _ends_between(chunk, begin, end, doubtful)
                doubtful = []
            yield end
            begin = end
        else:
            doubtful.append(found)
        before = end
    if doubtful:
        yield from _ends_between(chunk, begin, len(chunk), doubtful)


def _ends_between(chunk: str, begin: int, stop: int, seams: list[re.Match[str]]) -> Iterator[int]:
    """Yield which of the seams in `chunk[begin:stop]`, where sentences begin and end, are ends."""
    suggested: set[int] | None = None
    sentence = begin
    for found in seams:
        opinion = verdict(seam_at(chunk, sentence, found))
        if opinion is None:
            if suggested is None:
                suggested = suggested_starts(punkt(), chunk[begin:stop])
            opinion = found.end() - begin in suggested
        if opinion:
            sentence = found.end()
            yield sentence


def suggested_starts(tokenizer: SpanTokenizer, chunk: str) -> set[int]:
    """Return where `tokenizer` begins sentences; nowhere if it gives up.

    nltk ends a match after five seconds with TimeoutError; on a stalled machine any text may take
    that long, and the rules alone are then better than no sentences.
    """
    try:
        return {begin for begin, _ in tokenizer.span_tokenize(chunk)}
    except TimeoutError:
        return set()


def seam_at(chunk: str, sentence: int, found: re.Match[str]) -> Seam:
    """Return the seam found in a chunk, seen from the beginning of its `sentence`."""
    left = chunk[max(sentence, found.start() - _CONTEXT_CHARACTER_COUNT) : found.start()]
    words = left.split()
    return Seam(
        word=words[-1].lstrip(OPENING) if words and not left[-1].isspace() else "",
        mark=found["mark"],
        closing=found["closing"],
        right=chunk[found.end() : found.end() + _CONTEXT_CHARACTER_COUNT],
        is_first_word=len(words) == 1,
    )


@cache
def punkt() -> SpanTokenizer:
    """Return nltk's tokenizer, with our abbreviations."""
    module = nltk_module("nltk.tokenize.punkt")
    parameters = module.PunktParameters()
    parameters.abbrev_types.update(ABBREVIATIONS)
    tokenizer: SpanTokenizer = module.PunktSentenceTokenizer(parameters)
    return tokenizer
