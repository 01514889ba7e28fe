"""Speed of the analysis: paragraphs, sentences, passages and terms of real articles, on one core.

    uv run python -m benchmarks.analysis FILE [COUNT]

FILE holds an article a line as JSON with a `text` (and a `title`), perhaps compressed (`.gz`);
the first COUNT articles are taken. The time of the first call, which loads nltk, is told apart.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from index.analysis.analyzer import Analyzer
from index.analysis.passages import split_passages
from index.analysis.prose import paragraphs
from index.analysis.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    T = TypeVar("T")


def read_articles(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the title and text of each article."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield article.get("title") or "", article["text"]


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds a call took, and what it returned."""
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


def print_kinds(texts: list[str]) -> None:
    """Print how many paragraphs, and what share of the words, are of each kind."""
    counts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text in texts:
        for paragraph in paragraphs(text):
            counts[paragraph.kind.value] += 1
            words[paragraph.kind.value] += len(text[paragraph.start : paragraph.end].split())
    for kind, count in counts.most_common():
        print(f"  {kind:12} {count:8,} paragraphs, {words[kind] / words.total():7.2%} of the words")


def main() -> None:
    """Print a row a stage."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else None
    articles = list(islice(read_articles(Path(sys.argv[1])), count))
    texts = [text for _, text in articles]
    size = sum(map(len, texts)) / 1e6
    analyzer = Analyzer()
    loading, _ = timed(lambda: (split_sentences("One. Two."), analyzer.terms("loading")))
    print(
        f"{len(texts):,} articles, {size:.1f} million characters; loading nltk took {loading:.2f} s"
    )

    seconds, found = timed(lambda: [paragraphs(text) for text in texts])
    print(f"paragraphs   {size / seconds:8.1f} MB/s")
    prose = [(t, p.start, p.end) for t, ps in zip(texts, found, strict=True) for p in ps]
    seconds, sentences = timed(lambda: sum(len(split_sentences(*span)) for span in prose))
    print(f"sentences    {size / seconds:8.1f} MB/s, {sentences:,}")
    seconds, spans = timed(lambda: [split_passages(text, title=title) for title, text in articles])
    passages = [t[a:b] for t, ps in zip(texts, spans, strict=True) for a, b in ps]
    rate = len(passages) / seconds
    print(f"passages     {size / seconds:8.1f} MB/s, {rate:,.0f}/s")
    for name in ("terms, cold", "terms, warm"):
        seconds, terms = timed(lambda: sum(len(analyzer.terms(passage)) for passage in passages))
        rate = len(passages) / seconds
        print(f"{name:12} {terms / seconds / 1e6:8.2f} million/s, {rate:,.0f} passages/s")
    print_kinds(texts)
    sizes = [len(passage.split()) for passage in passages]
    print(f"{len(sizes):,} passages of {median(sizes):.0f} words (median)")


if __name__ == "__main__":
    main()
