"""Real articles to a corpus: passages and terms exactly as Pullquote makes them.

A file has an article a line as JSON with a `text`, and perhaps a `title`, a `source` or `publisher`
and `published` (ISO); it may be compressed (`.gz`).
"""

from __future__ import annotations

import gzip
import json
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.engines.corpus import Corpus
from index.analysis.analyzer import Analyzer
from index.analysis.passages import split_passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

_EPOCH = date(1970, 1, 1)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield each line's object."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_corpus(path: Path, passage_count: int | None = None) -> Corpus:
    """Read a file's articles in the order of their dates, up to a number of passages."""
    articles = sorted(read_lines(path), key=lambda article: article.get("published") or "")
    growing = _Growing()
    for article in articles:
        growing.add(article)
        if passage_count and len(growing.article_of) >= passage_count:
            break
    return growing.corpus(passage_count)


def _numbering() -> defaultdict[str, int]:
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


@dataclass
class _Growing:
    analyzer: Analyzer = field(default_factory=Analyzer)
    id_of: dict[str, int] = field(default_factory=_numbering)
    publisher_number: dict[str, int] = field(default_factory=_numbering)
    term_ids: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    article_of: array[int] = field(default_factory=lambda: array("i"))
    day_of: array[int] = field(default_factory=lambda: array("i"))
    publisher_of: array[int] = field(default_factory=lambda: array("i"))

    def add(self, article: dict[str, Any]) -> None:
        title, text = article.get("title") or "", article["text"]
        publisher = article.get("source") or article.get("publisher") or ""
        shared = self.analyzer.terms(title) + self.analyzer.terms(publisher)
        spans = split_passages(text, title=title)
        for start, end in spans:
            terms = shared + self.analyzer.terms(text[start:end])
            self.term_ids.extend(self.id_of[term] for term in terms)
            self.ends.append(len(self.term_ids))
            self.article_of.append(len(self.day_of))
        if spans:
            published = (article.get("published") or _EPOCH.isoformat())[:10]
            self.day_of.append((date.fromisoformat(published) - _EPOCH).days)
            self.publisher_of.append(self.publisher_number[publisher])

    def corpus(self, passage_count: int | None) -> Corpus:
        ends = np.array(self.ends[: passage_count + 1 if passage_count else None], np.int64)
        return Corpus(
            words=list(self.id_of),
            offsets=ends,
            term_ids=np.array(self.term_ids[: int(ends[-1])], np.int32),
            article_of=np.array(self.article_of[: len(ends) - 1], np.int32),
            day_of=np.array(self.day_of, np.int32),
            publisher_of=np.array(self.publisher_of, np.int32),
        )


def read_questions(path: Path, analyzer: Analyzer, count: int) -> list[list[str]]:
    """Return the terms of the questions of a file of JSON lines with a `question`."""
    questions: Iterable[list[str]] = (analyzer.terms(q["question"]) for q in read_lines(path))
    return list(islice((terms for terms in questions if terms), count))
