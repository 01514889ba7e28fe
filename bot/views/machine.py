"""Answers and hits as JSON values, for programs: a published shape, keys are never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answering.links import link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.answering.model import Answer, Quote
    from index import Article, CorpusStatistics, Explanation, Hit, IndexReport
    from index.query.model import Reading


def answer_value(answer: Answer, question_id: object, limit: int) -> dict[str, Any]:
    """Return an answer, with at most `limit` quotes and as many hits.

    Where `answered` is false, `quotes` are only what comes nearest; `outside` then tells whether
    they answer after all, but are of articles "earlier" or "later" than those asked for, or "both".
    """
    return {
        "id": question_id,
        "question": answer.question.text,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 6),
        "quotes": [quote_value(quote) for quote in answer.quotes[:limit]],
        "hits": [hit_value(hit) for hit in answer.hits[:limit]],
        "reading": reading_value(answer.reading),
        "outside": answer.outside,
    }


def hits_value(typed: str, reading: Reading, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return what a search found."""
    return {
        "query": typed,
        "hits": [hit_value(hit) for hit in hits],
        "reading": reading_value(reading),
    }


def reading_value(reading: Reading) -> dict[str, Any]:
    """Return how a question was understood; what was not said is null or empty."""
    query, when = reading.query, reading.when
    return {
        "text": query.text,
        "phrases": list(query.phrases),
        "excluded": list(query.excluded),
        "publishers": sorted(query.publishers),
        "authors": sorted(query.authors),
        **_range_value(query.since, query.until),
        "when": {"wording": when.wording, **_range_value(when.since, when.until)} if when else None,
        "preferred_publishers": sorted(reading.preferred_publishers),
        "corrections": [{"typed": c.typed, "read": c.read} for c in reading.corrections],
        "notes": list(reading.notes),
    }


def _range_value(since: datetime | None, until: datetime | None) -> dict[str, str | None]:
    return {
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
    }


def refusal_value(question: str, question_id: object, error: str) -> dict[str, Any]:
    """Return what stands for an answer to a question that cannot be understood."""
    return {
        "id": question_id,
        "question": question,
        "answered": False,
        "confidence": 0.0,
        "quotes": [],
        "hits": [],
        "reading": None,
        "outside": None,
        "error": error,
    }


def quote_value(quote: Quote) -> dict[str, Any]:
    """Return a quote with its offsets, in code points of the article's text.

    `also_in` are the articles that say the same in the same words, and where else the story is.
    """
    return {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 6),
        "link": link(quote),
        "article": article_value(quote.article),
        "also_in": [
            *(article_value(article) for article in quote.also_in),
            *({"publisher": each.publisher, "url": each.url} for each in quote.article.also_in),
        ],
    }


def hit_value(hit: Hit) -> dict[str, Any]:
    """Return a hit with its passage's text and offsets."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "article": article_value(hit.passage.article),
    }


def article_value(article: Article) -> dict[str, Any]:
    """Return what names an article, without its text; what is unknown is null."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "partial": article.is_partial,
    }


def explanation_value(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as a tree."""
    return {
        "value": round(explanation.value, 6),
        "description": explanation.description,
        "details": [explanation_value(detail) for detail in explanation.details],
    }


def statistics_value(statistics: CorpusStatistics) -> dict[str, Any]:
    """Return the corpus's counts; there is no last run before the first."""
    run = statistics.last_run
    return {
        "articles": statistics.article_count,
        "passages": statistics.passage_count,
        "publishers": dict(statistics.articles_by_publisher),
        "newest": article_value(statistics.newest) if statistics.newest else None,
        "last_run": {
            "finished_at": run.finished_at.isoformat(),
            "duration_seconds": round(run.duration_seconds, 3),
            "added": run.added_count,
            "changed": run.changed_count,
            "removed": run.removed_count,
            "unchanged": run.unchanged_count,
            "refused": run.refused_count,
        }
        if run
        else None,
    }


def report_value(report: IndexReport) -> dict[str, Any]:
    """Return how an index run ended, with every refusal and note."""
    run = report.run
    return {
        "added": run.added_count,
        "changed": run.changed_count,
        "removed": run.removed_count,
        "unchanged": run.unchanged_count,
        "refused": [
            {"path": str(r.path), "line": r.line, "reason": r.reason} for r in report.refusals
        ],
        "ignored_files": report.ignored_file_count,
        "notes": [{"path": str(n.path), "line": n.line, "text": n.text} for n in report.notes],
        "duration_seconds": round(run.duration_seconds, 3),
    }
