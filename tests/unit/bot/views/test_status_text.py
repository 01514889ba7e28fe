from __future__ import annotations

import math
from datetime import UTC, date, datetime
from pathlib import Path

from bot.texts import english
from bot.views import limits
from bot.views.status import Health, progress_text, report_text, status_text, summary_text
from index import Article, CorpusStatistics, IndexProgress, IndexReport, IndexRun, PublicationTime
from index.ingestion.reading import Refusal
from tests.unit.bot.views.followed import FAILING, GOOD

ENGLISH = english()

FINISHED = datetime(2026, 3, 4, 12, tzinfo=UTC)
RUN = IndexRun(FINISHED, 61.2, 1200, 3, 0, 40, 0)
NEWEST = Article(
    id="a",
    title="Rain @everyone",
    text="Rain.",
    publisher="BBC",
    published=PublicationTime.of(date(2026, 3, 3)),
)


def test_the_status_says_how_much_there_is_and_how_fresh_it_is():
    statistics = CorpusStatistics(1243, 5000, {"BBC": 1000, "AP": 243}, NEWEST, RUN)
    health = Health("1.2.3", 0.0421, is_indexing=False)
    text = status_text(statistics, [], health, ENGLISH).content
    assert text == (
        "**1,243 articles** in 5,000 passages from 2 publishers\n"
        "Most of them from: BBC (1,000), AP (243)\n"
        "Newest: **Rain @\u200beveryone** · BBC · 3 March 2026\n\n"
        "Last index run: 1,200 added, 3 changed, 40 unchanged in 1 min 1 s, "
        f"<t:{int(FINISHED.timestamp())}:R>\n"
        "-# Pullquote 1.2.3 · 42 ms to Discord"
    )
    with_feeds = status_text(statistics, [GOOD, FAILING], health, ENGLISH).content
    assert "· 3 March 2026\n**2 feeds** followed, 1 failing · last polled <t:" in with_feeds


def test_an_empty_corpus_has_a_status_too():
    statistics = CorpusStatistics(0, 0, {}, None, None)
    text = status_text(statistics, [GOOD], Health("1", math.nan, is_indexing=True), ENGLISH).content
    assert text.startswith("There is no news yet; whoever runs me adds some with `pullquote index")
    assert "or follows what brings it with `pullquote feeds add ADDRESS`." in text
    assert "\n**1 feed** followed" in text
    assert "There has been no index run yet." in text
    assert "An index run is at work." in text
    assert "not connected" in text


def test_progress_is_measured_in_bytes():
    text = progress_text(IndexProgress(4, 1, 1000, 250, 12), ENGLISH).content
    assert "25%" in text
    assert "█████░" in text
    assert "1 of 4 files · 12 articles" in text


def test_progress_over_no_files_is_no_division_by_zero():
    assert "0%" in progress_text(IndexProgress(0, 0, 0, 0, 0), ENGLISH).content


def test_refused_files_are_listed_by_name_and_the_rest_counted():
    refusals = tuple(Refusal(Path(f"/secret/place/{n}.json"), "it is `broken`") for n in range(22))
    text = report_text(IndexReport(RUN, refusals), ENGLISH).content
    assert "- 0.json: it is \\`broken\\`" in text
    assert text.endswith("- and 12 more")
    assert "secret" not in text


def test_what_everyone_sees_of_a_run_names_no_file():
    text = summary_text(
        IndexReport(RUN, (Refusal(Path("draft.json"), "it is broken"),)), ENGLISH
    ).content
    assert text.startswith("Reading the articles is done: 1,200 added")
    assert "draft" not in text


def test_a_run_over_nothing_says_how_to_have_something():
    nothing = IndexRun(FINISHED, 0.1, 0, 0, 0, 0, 0)
    assert report_text(IndexReport(nothing), ENGLISH).content.startswith(
        "There was nothing to read; "
    )


def test_the_worst_report_fits_a_message():
    refusals = tuple(Refusal(Path("*" * 200), "<" * 500) for _ in range(99))
    assert report_text(IndexReport(RUN, refusals), ENGLISH).length <= limits.CONTENT_LENGTH
