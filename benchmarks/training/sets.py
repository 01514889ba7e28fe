"""Which questions about which corpora are learned from.

Four judged sets, and more made of them: the same news questions asked long after, of fewer
articles, and of corpora from which the articles that answer were taken out; and questions about
one corpus put to another, which does not answer them.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.evaluation.judgments import JudgedQuestion, judged_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SEED = 11
# after the newest article of every corpus
LATER = datetime(2026, 11, 1, tzinfo=UTC)

Record = dict[str, Any]


@dataclass(frozen=True)
class JudgedSet:
    """Questions about a corpus, and how much they count for each thing that is learned.

    `corpus` names it; `keeps` says which of its articles are in it.
    """

    name: str
    family: str
    corpus: str
    questions: Sequence[JudgedQuestion]
    keeps: frozenset[str] | None = None
    answering: float = 0.0
    confidence: float = 0.0


class Material:
    """The judged sets of a folder, as they came."""

    def __init__(self, folder: Path):
        self._folder = folder

    def articles(self, corpus: str) -> list[Record]:
        """Return the articles of a corpus."""
        with gzip.open(self._folder / corpus / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def records(self, corpus: str, name: str) -> list[Record]:
        """Return the lines of a file of questions."""
        text = (self._folder / corpus / f"{name}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


def judged_sets(material: Material) -> Iterator[JudgedSet]:
    """Yield every set, in an order and with a choice that is always the same."""
    rng = random.Random(SEED)  # noqa: S311 (no secret: the same choice on every run)
    multihop, selqa, clapnq = (
        _questions(material.records(corpus, name))
        for corpus, name in (
            ("multihop_rag", "questions_tune"),
            ("selqa_dev", "questions"),
            ("clapnq_dev", "questions"),
        )
    )
    records = material.records("realtimeqa", "questions_tune")
    news = _questions(records)
    yield JudgedSet("multihop", "mh", "multihop_rag", multihop, answering=1, confidence=0.6)
    yield JudgedSet("selqa", "sq", "selqa_dev", selqa, answering=1, confidence=0.3)
    yield JudgedSet("clapnq", "cl", "clapnq_dev", clapnq, answering=1, confidence=1)
    yield JudgedSet("news", "rt", "realtimeqa", news, answering=0.6, confidence=0.3)
    later = [_asked_later(each, rng) for each in news]
    yield JudgedSet("news, later", "rt", "realtimeqa", later, answering=0.3, confidence=0.2)
    articles = material.articles("realtimeqa")
    future = _questions(material.records("realtimeqa", "timesplit_tune"))
    early = frozenset(a["id"] for a in articles if (a["published"] or "9") < "2023-07-01")
    yield JudgedSet("before 2023-07", "rt", "realtimeqa", future, early, confidence=1)
    yield from _periods(articles, news, future)
    yield from _holes(articles, records, rng)
    yield from _foreign(multihop, selqa, clapnq, news, future, early, rng)


def _questions(records: Sequence[Record]) -> list[JudgedQuestion]:
    return [judged_question(record) for record in records]


def _periods(
    articles: Sequence[Record], news: Sequence[JudgedQuestion], future: Sequence[JudgedQuestion]
) -> Iterator[JudgedSet]:
    """Ask of some months what they answer, and what was news half a year later and more."""
    everything = [*news, *(each for each in future if not each.answerable)]
    for first, last in (
        (date(2022, 6, 1), date(2023, 1, 1)),
        (date(2023, 3, 1), date(2023, 5, 1)),
        (date(2023, 9, 1), date(2024, 5, 1)),
    ):
        keeps = frozenset(a["id"] for a in articles if first <= _day(a) < last)
        own = [q for q in news if all(e.article_id in keeps for e in q.evidence)]
        after = [q for q in everything if q.asked_at and q.asked_at.date() > last + _HALF_A_YEAR]
        foreign = [_unanswerable(each) for each in after[: len(own) + 40]]
        name = f"{first:%Y-%m} to {last:%Y-%m}"
        yield JudgedSet(name, "rt", "realtimeqa", [*own, *foreign], keeps, 0.0, 0.4)


def _asked_later(question: JudgedQuestion, rng: random.Random) -> JudgedQuestion:
    """Ask a question long after, when there is other news."""
    days = timedelta(days=rng.randint(60, 700))
    return replace(question, asked_at=(question.asked_at or LATER) + days)


_HALF_A_YEAR = timedelta(days=180)


def _holes(
    articles: Sequence[Record], records: Sequence[Record], rng: random.Random
) -> Iterator[JudgedSet]:
    """Take the articles that answer half of the questions out of the news.

    That of all years, of a few weeks, and of a few days.
    """
    everything = frozenset(a["id"] for a in articles)
    yield _with_holes("holes", articles, everything, records, rng, 0.0, 0.6)
    days = sorted({record["date"] for record in records})
    for number in range(6):
        day = date.fromisoformat(days[number * len(days) // 6 + 3])
        keeps = frozenset(a["id"] for a in articles if _is_near(a, day, 12))
        asked = [r for r in records if abs((date.fromisoformat(r["date"]) - day).days) <= 9]
        yield _with_holes(f"weeks {number}", articles, keeps, asked, rng, 0.03, 0.08)
    for number in range(14):
        day = date.fromisoformat(days[number * len(days) // 14 + 1])
        asked = [r for r in records if abs((date.fromisoformat(r["date"]) - day).days) <= 16]
        evidence = {e["article_id"] for r in asked for e in r["evidence"]}
        others = sorted(a["id"] for a in articles if _is_near(a, day, 20))
        few = rng.sample(others, min(25, len(others)))
        keeps = frozenset(evidence.union(few))
        yield _with_holes(f"days {number}", articles, keeps, asked, rng, 0.02, 0.05)


def _with_holes(
    name: str,
    articles: Sequence[Record],
    keeps: frozenset[str],
    records: Sequence[Record],
    rng: random.Random,
    answering: float,
    confidence: float,
) -> JudgedSet:
    hidden = [record for record in records if rng.random() < 0.5]
    gone: set[str] = set()
    for record in hidden:
        gone.update(_answering(record, articles, keeps))
    left = keeps - gone
    kept = []
    for record in records:
        evidence = [e for e in record["evidence"] if e["article_id"] in left]
        if record not in hidden and evidence:
            kept.append(judged_question(record | {"evidence": evidence}))
    lost = [_unanswerable(judged_question(record)) for record in hidden]
    return JudgedSet(name, "rt", "realtimeqa", [*kept, *lost], left, answering, confidence)


def _answering(record: Record, articles: Sequence[Record], keeps: frozenset[str]) -> Iterator[str]:
    """Yield the articles of a month around that say an answer, and those known to hold it."""
    yield from (e["article_id"] for e in record["evidence"])
    yield from record["pool_articles_with_answer"]
    yield from record["gold_articles"]
    answers = [re.escape(answer) for answer in record["answers"] if len(answer) > 2]
    if not answers:
        return
    said = re.compile(rf"(?<!\w)(?:{'|'.join(answers)})(?!\w)", re.IGNORECASE)
    day = date.fromisoformat(record["date"])
    for article in articles:
        is_candidate = article["id"] in keeps and _is_near(article, day, 30)
        if is_candidate and (said.search(article["text"]) or said.search(article["title"])):
            yield article["id"]


def _foreign(
    multihop: Sequence[JudgedQuestion],
    selqa: Sequence[JudgedQuestion],
    clapnq: Sequence[JudgedQuestion],
    news: Sequence[JudgedQuestion],
    future: Sequence[JudgedQuestion],
    early: frozenset[str],
    rng: random.Random,
) -> Iterator[JudgedSet]:
    late = [q for q in future if not q.answerable and q.asked_at and q.asked_at.year >= 2025]
    for name, family, corpus, questions, keeps, count in (
        ("selqa to multihop", "sq", "multihop_rag", selqa, None, 150),
        ("clapnq to multihop", "cl", "multihop_rag", clapnq, None, 100),
        ("late news to multihop", "rt", "multihop_rag", late, None, 150),
        ("multihop to news before 2023-07", "mh", "realtimeqa", multihop, early, 150),
        ("news to selqa", "rt", "selqa_dev", news, None, 100),
        ("clapnq to selqa", "cl", "selqa_dev", clapnq, None, 150),
        ("selqa to clapnq", "sq", "clapnq_dev", selqa, None, 150),
    ):
        chosen = rng.sample(questions, min(count, len(questions)))
        unanswerable = [_unanswerable(each) for each in chosen]
        yield JudgedSet(name, family, corpus, unanswerable, keeps, 0.0, 0.15)


def _unanswerable(question: JudgedQuestion) -> JudgedQuestion:
    return replace(question, answers=(), evidence=(), answerable=False, grades={})


def _day(article: Record) -> date:
    return date.fromisoformat((article["published"] or "0001-01-01")[:10])


def _is_near(article: Record, day: date, most_days: int) -> bool:
    return abs((_day(article) - day).days) <= most_days
