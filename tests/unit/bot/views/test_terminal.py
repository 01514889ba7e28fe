import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from rich.console import Console

from bot.answering.model import Answer, Question, Quote
from bot.views.terminal import (
    Line,
    answer_lines,
    explanation_lines,
    one_line,
    print_lines,
    visible,
)
from index.model import Article, Explanation, Hit, Passage, PublicationTime, Query
from index.query.model import Reading

LONG = "The Lantern Bridge was closed to all traffic on Tuesday " * 8


def printed(*lines: Line, width: int | None = None) -> str:
    out = io.StringIO()
    print_lines(Console(file=out, force_terminal=width is not None, width=width), lines)
    return out.getvalue()


def test_in_a_pipe_a_line_stays_whole_and_without_style():
    assert printed(Line(LONG.strip(), "bold", 3)) == f"   {LONG.strip()}\n"


def test_on_a_terminal_lines_wrap_at_its_width_and_keep_their_indent():
    rows = printed(Line(LONG.strip(), indent=3), width=40).splitlines()
    assert all(row.startswith("   ") and len(row) <= 40 for row in rows)
    assert " ".join(" ".join(rows).split()) == LONG.strip()


def test_an_address_is_never_broken():
    address = "https://courier.example/" + "a" * 90
    assert address in printed(Line(address, "cyan", 3, wraps=False), width=40)


def test_every_line_of_a_text_is_indented():
    assert printed(Line("one\ntwo", indent=2)) == "  one\n  two\n"


@pytest.mark.parametrize("markup", ["[bold]x[/bold]", "[link=https://x]y[/link]", ":smile:"])
def test_nothing_is_taken_for_markup(markup):
    assert printed(Line(markup)) == f"{markup}\n"
    assert markup in printed(Line(markup), width=80)


def test_control_characters_are_shown_as_spaces():
    assert visible("a\x1b[31mb\u202ec\r\nd\u200be") == "a [31mb c\nd e"
    assert one_line(" a\n\tb\x07 ") == "a b"


NOW = datetime(2026, 3, 4, tzinfo=UTC)
WHY = Explanation(1.0, "test")
FED = Article(
    "fed",
    "Fed holds rates",
    "The Fed held\x1b[31m rates.",
    url="https://news.example/fed",
    publisher="The Example",
    published=PublicationTime.of(date(2023, 10, 1)),
)


def abstention(*quotes: Quote, hits: tuple[Hit, ...] = (), **others: Any) -> Answer:
    reading = others.pop("reading", Reading(Query("rates")))
    return Answer(Question("Rates?", NOW), reading, False, quotes, 0.1, hits, WHY, **others)


def quote(*also_in: Article) -> Quote:
    return Quote(FED, 0, len(FED.text), 0.4, WHY, also_in)


def test_an_abstention_shows_the_nearest_quotes_whole():
    told = printed(*answer_lines(abstention(quote(), suggestions=("Try other words.",)), 3))
    assert told == (
        "The news I have does not answer that.\n"
        "Try other words.\n\n"
        "This comes nearest, and may well be about something else:\n\n"
        "   The Fed held [31m rates.\n"
        "   The Example · 2023-10-01\n"
        "   https://news.example/fed#:~:text=The%20Fed%20held%1B%5B31m%20rates.\n\n"
    )


def test_passages_stand_in_where_there_is_nothing_to_quote():
    hit = Hit(Passage(1, FED, 0, len(FED.text)), 2.0, 1)
    told = printed(*answer_lines(abstention(hits=(hit,) * 5), 10))
    assert told.count("1. Fed holds rates\n") == 3
    assert "may well be about something else" in told


def test_nothing_found_is_said_in_a_sentence_of_its_own():
    assert printed(*answer_lines(abstention(), 3)) == (
        "Nothing in the news I have is about that.\n\n"
    )


def test_what_articles_of_another_time_say_is_told_as_that():
    reading = Reading(Query("rates", since=NOW))
    told = printed(*answer_lines(abstention(quote(), reading=reading, outside="earlier"), 3))
    assert told.startswith(
        "Articles since Wednesday, 4 March 2026 do not say; earlier ones do:\n\n"
        "   The Fed held [31m rates.\n"
    )


def test_others_that_say_the_same_are_named():
    others = [Article(name, "", "", publisher=name) for name in ("A\x1b", "B", "C", "D", "B")]
    told = printed(*answer_lines(abstention(quote(*others)), 3))
    assert "\n   also in A, B, C and 1 more\n" in told


SUM = Explanation(
    1.5,
    "log odds, the sum of",
    (
        *(Explanation(n / 10, f"plus {n}", (Explanation(n / 20, "a half"),)) for n in range(1, 6)),
        Explanation(-0.25, "minus"),
    ),
)


def test_an_explanation_shows_what_speaks_most_for_and_against():
    told = printed(*explanation_lines(Explanation(0.8, "Summed up.", (SUM,)), 2))
    assert told == (
        "Summed up.\n\n"
        "    1.50  log odds, the sum of\n"
        "     +0.50  plus 5\n"
        "     +0.40  plus 4\n"
        "     -0.25  minus\n"
        "            and 3 lesser ones, which --all shows\n"
    )


def test_all_of_an_explanation_is_shown_where_that_is_asked_for():
    told = printed(*explanation_lines(Explanation(0.8, "Summed up.", (SUM,))))
    assert told.count("a half") == 5
    assert "lesser" not in told
