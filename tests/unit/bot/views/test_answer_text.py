from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.model import Answer, Outside, Question, Quote, Told
from bot.texts import english
from bot.views import limits
from bot.views.answer import answer_text, quotes_in
from bot.views.escaping import quoted
from index.model import Article, Explanation, Hit, Passage, PublicationTime, Query
from index.query.model import Reading

ENGLISH = english()
LINK_LABEL = "Read it at the publisher"

NOW = datetime(2026, 3, 4, tzinfo=UTC)
LATER = datetime(2026, 3, 6, tzinfo=UTC)
NOT_ANSWERED = "The news I have does not answer that."
NOTHING_FOUND = "Nothing in the news I have is about that."
WHY = Explanation(1.0, "test")

WORST_CHARACTER = st.sampled_from(["\n", "*", "<", "\n-", "@1", "<@1>", "\U0001f600", ": ", "a"])
QUOTED_TEXT = st.one_of(
    st.text(min_size=1, max_size=400),
    st.lists(WORST_CHARACTER, min_size=1, max_size=400).map(lambda c: "".join(c)[:400]),
    WORST_CHARACTER.map(lambda c: (c * 400)[:400]),
)
NAME = st.one_of(st.none(), st.text(max_size=300), st.just("*" * 500))
ADDRESS = st.one_of(
    st.none(),
    st.text(max_size=30).map(lambda path: f"https://news.example/{path}"),
    st.integers(0, 450).map(lambda n: "https://news.example/" + "a" * n),
)
PUBLISHED = st.sampled_from([None, PublicationTime.of(NOW), PublicationTime.of(date(2023, 10, 1))])


@st.composite
def articles(draw: st.DrawFn) -> Article:
    return Article(
        id="a",
        title=draw(st.one_of(st.text(max_size=200), st.just("*" * 5000))),
        text=draw(QUOTED_TEXT),
        url=draw(ADDRESS),
        publisher=draw(NAME),
        author=draw(NAME),
        published=draw(PUBLISHED),
    )


def quote(article: Article) -> Quote:
    return Quote(article, 0, len(article.text), 1.0, WHY)


def hit(article: Article, rank: int = 1) -> Hit:
    return Hit(Passage(rank, article, 0, len(article.text)), 1.0, rank)


def answer(
    *quotes: Quote,
    hits: tuple[Hit, ...] = (),
    question: str = "Why?",
    suggestions: tuple[str, ...] = (),
    reading: Reading = Reading(Query("why")),  # noqa: B008 (it never changes)
    answered: bool | None = None,
    outside: Outside | None = None,
) -> Answer:
    """An answer; without quotes, unless told otherwise, an abstention."""
    return Answer(
        Question(question, NOW),
        reading,
        bool(quotes) if answered is None else answered,
        quotes,
        0.9,
        hits,
        WHY,
        suggestions,
        outside,
    )


FED = Article(
    id="fed",
    title="Fed holds rates",
    text="The Federal Reserve held interest rates steady on Wednesday.",
    url="https://news.example/fed",
    publisher="The Example",
    author="A. Writer",
    published=PublicationTime.of(date(2023, 10, 1)),
)


def test_a_quote_comes_with_title_publisher_date_author_and_link():
    text = answer_text(answer(quote(FED), question="What did the Fed do?"), ENGLISH)
    assert text.blocks == (
        "-# In answer to: What did the Fed do?",
        (
            "**Fed holds rates**\n"
            "> The Federal Reserve held interest rates steady on Wednesday.\n"
            "-# The Example · 1 October 2023 · A. Writer · "
            f"[{LINK_LABEL}](<https://news.example/fed#:~:text=The%20Federal%20Reserve%20held%20"
            "interest%20rates%20steady%20on%20Wednesday.>)"
        ),
    )


def test_how_a_question_was_understood_stands_below_it():
    reading = Reading(Query("rates"), notes=("articles since Monday, 2 March 2026", "by @everyone"))
    for said in answer(quote(FED), reading=reading), answer(reading=reading):
        first = answer_text(said, ENGLISH).blocks[0].split("\n")
        assert first[1] == (
            "-# Understood as: articles since Monday, 2 March 2026 · by @\u200beveryone"
        )


def test_what_is_unknown_is_said_or_left_out():
    text = answer_text(answer(quote(Article(id="x", title="", text="Rain fell."))), ENGLISH)
    assert text.blocks[1] == "> Rain fell.\n-# publisher unknown · date unknown"


@given(st.lists(articles(), min_size=1, max_size=3), st.text(max_size=300))
@settings(max_examples=150)
def test_any_answer_fits_and_keeps_a_whole_quote_with_its_source(
    quoted_articles: list[Article], question: str
):
    reading = Reading(Query(question), notes=(question,) * 4)
    text = answer_text(
        answer(*map(quote, quoted_articles), question=question, reading=reading), ENGLISH
    )
    best = quoted_articles[0]
    assert text.length <= limits.CONTENT_LENGTH
    assert quoted(best.text) in text.content
    assert ("date unknown" in text.content) or best.published is not None
    if best.url:
        assert f"[{LINK_LABEL}](<https://news.example/" in text.content


@given(st.lists(articles(), max_size=4), st.text(max_size=300), st.lists(st.text(max_size=400)))
@settings(max_examples=100)
def test_any_abstention_fits_and_says_that_it_is_one(
    near: list[Article], question: str, suggestions: list[str]
):
    hits = tuple(hit(article, rank) for rank, article in enumerate(near, start=1))
    text = answer_text(
        answer(hits=hits, question=question, suggestions=tuple(suggestions)), ENGLISH
    )
    assert text.length <= limits.CONTENT_LENGTH
    assert (NOT_ANSWERED if hits else NOTHING_FOUND) in text.content


@given(
    st.lists(articles(), min_size=1, max_size=3),
    st.text(max_size=300),
    st.lists(st.text(max_size=400)),
    st.sampled_from([None, "earlier", "later", "both"]),
)
@settings(max_examples=150)
def test_any_abstention_with_quotes_fits_and_keeps_the_nearest_whole_with_its_source(
    near: list[Article], question: str, suggestions: list[str], outside: Outside | None
):
    reading = Reading(Query(question, since=NOW, until=LATER), notes=(question,) * 4)
    said = answer(
        *map(quote, near),
        hits=tuple(map(hit, near)),
        question=question,
        suggestions=tuple(suggestions),
        reading=reading,
        answered=False,
        outside=outside,
    )
    text = answer_text(said, ENGLISH)
    assert text.length <= limits.CONTENT_LENGTH
    assert quoted(near[0].text) in text.content
    assert ("do not say;" if outside else NOT_ANSWERED) in text.content
    assert ("may well be about something else" in text.content) is (outside is None)
    if near[0].url:
        assert f"[{LINK_LABEL}](<https://news.example/" in text.content


def long_article(length: int, url_length: int = 100) -> Article:
    words = ("lorem ipsum dolor " * 40)[:length]
    return Article(id="l", title="T", text=words, url="https://a.example/" + "u" * url_length)


def test_the_fragment_gives_way_before_a_later_quote_does():
    quotes = [quote(long_article(290)) for _ in range(3)]
    text = answer_text(answer(*quotes), ENGLISH)
    assert text.content.count(LINK_LABEL) == 3
    # three whole fragments would not fit, three short ones do
    assert text.content.count("lorem%20ipsum%20dolor%20lorem%20ipsum,") == 3


@given(st.lists(articles(), min_size=1, max_size=3), st.text(max_size=300))
@settings(max_examples=100)
def test_whatever_comes_next_fits_and_it_is_known_what_there_was_room_for(
    near: list[Article], question: str
):
    said = answer(*map(quote, near), question=question)
    said = replace(said, question=replace(said.question, told=(Told("earlier", 0, 9),)))
    text = answer_text(said, ENGLISH)
    assert text.length <= limits.CONTENT_LENGTH
    assert "In answer to" not in text.blocks[0]
    shown = quotes_in(text, said)
    assert shown[0] == said.quotes[0]
    assert all(quoted(each.text) in text.content for each in shown)


def test_a_quote_that_gave_way_is_not_among_those_shown():
    quotes = [quote(replace(long_article(390, 600), text=f"{n} " * 195)) for n in range(3)]
    said = answer(*quotes)
    assert quotes_in(answer_text(said, ENGLISH), said) == (said.quotes[0],)


def test_later_quotes_give_way_before_the_best_one_is_touched():
    quotes = [quote(long_article(390, 600)) for _ in range(3)]
    text = answer_text(answer(*quotes), ENGLISH)
    assert text.content.count(LINK_LABEL) == 1
    assert "#:~:text=" in text.content
    assert text.blocks[0].startswith("-# In answer to")


def test_a_later_quote_gives_way_before_it_is_left_unsaid_how_a_follow_up_was_read():
    crowded = answer(*(quote(long_article(440)) for _ in range(3)), question="Why is that? " * 15)
    told = [
        answer_text(
            replace(crowded, question=replace(crowded.question, is_filled=is_filled)), ENGLISH
        )
        for is_filled in (False, True)
    ]
    assert not told[0].content.startswith("-# In answer to")
    assert told[1].content.startswith("-# Follow-up, read as: Why is that?")
    assert [text.content.count(LINK_LABEL) for text in told] == [3, 2]


def test_a_link_longer_than_a_message_is_left_out():
    text = answer_text(answer(quote(long_article(390, 3000))), ENGLISH)
    assert LINK_LABEL not in text.content
    assert quoted(long_article(390).text) in text.content


def test_one_endless_address_costs_its_own_link_and_no_other_quote():
    others = [quote(long_article(100)), quote(FED)]
    text = answer_text(answer(quote(long_article(120, 1900)), *others), ENGLISH)
    assert text.content.count(LINK_LABEL) == 2
    assert quoted(FED.text) in text.content
    assert text.blocks[0].startswith("-# In answer to")


def test_an_abstention_shows_the_nearest_passages_as_such_and_what_to_try():
    text = answer_text(
        answer(hits=(hit(FED),), question="Who won?", suggestions=("Try other words.",)), ENGLISH
    )
    assert text.content == (
        f"-# In answer to: Who won?\n**{NOT_ANSWERED}**\n"
        "Try other words.\n"
        "This comes nearest, and may well be about something else:\n\n"
        "> The Federal Reserve held interest rates steady on Wednesday.\n"
        "-# The Example · 1 October 2023 · "
        f"[{LINK_LABEL}](<https://news.example/fed>)"
    )


def test_at_most_three_nearest_passages_are_shown_and_each_is_shortened():
    hits = tuple(hit(long_article(700), rank) for rank in range(1, 6))
    text = answer_text(answer(hits=hits), ENGLISH)
    assert text.content.count("> lorem") == 3
    assert max(len(line) for line in text.content.split("\n") if line.startswith("> ")) <= 202


def test_an_address_counts_as_long_as_it_is_once_escaped():
    first = Article(id="l", title="T", text="Rain fell.", url="https://a.example/" + "ü" * 400)
    text = answer_text(answer(quote(first), quote(FED)), ENGLISH)
    assert text.content.count(LINK_LABEL) == 1
    assert text.blocks[0].startswith("-# In answer to")


def test_an_abstention_shows_the_nearest_quotes_whole_and_as_no_answer():
    nearest = quote(long_article(300)), quote(FED)
    text = answer_text(
        answer(*nearest, hits=(hit(long_article(700)),), question="Who won?", answered=False),
        ENGLISH,
    )
    assert text.blocks[0] == (
        f"-# In answer to: Who won?\n**{NOT_ANSWERED}**\n"
        "This comes nearest, and may well be about something else:"
    )
    assert text.blocks[1].startswith(f"**T**\n{quoted(long_article(300).text)}\n-# ")
    assert text.blocks[2].startswith(f"**{FED.title}**\n{quoted(FED.text)}\n-# The Example")
    assert "#:~:text=" in text.blocks[2]
    assert "…" not in text.content


def test_nothing_found_is_another_sentence_than_nothing_that_answers():
    assert answer_text(answer(), ENGLISH).content == f"-# In answer to: Why?\n**{NOTHING_FOUND}**"


def test_articles_of_another_time_that_answer_are_shown_as_such_with_their_dates():
    reading = Reading(Query("rates", since=NOW, until=LATER))
    text = answer_text(
        answer(quote(FED), reading=reading, answered=False, outside="earlier"), ENGLISH
    )
    assert text.blocks[0] == (
        "-# In answer to: Why?\n**Articles from Wednesday, 4 March 2026 to Thursday, 5 March 2026 "
        "do not say; earlier ones do:**"
    )
    assert quoted(FED.text) in text.blocks[1]
    assert "1 October 2023" in text.blocks[1]


def told_by(*publishers: str | None) -> Quote:
    copies = tuple(
        Article(id=str(n), title="", text="", url=f"https://{n}.example/x", publisher=name)
        for n, name in enumerate(publishers)
    )
    return replace(quote(FED), also_in=copies)


def also_line(said: Quote) -> str | None:
    lines = answer_text(answer(said), ENGLISH).content.split("\n")
    return next((line for line in lines if line.startswith("-# also in")), None)


def test_others_that_say_the_same_are_linked_each_once():
    said = told_by("The Verge", "the example", "CNN", None, "The Verge", " ", "cnn")
    assert also_line(said) == (
        "-# also in [The Verge](<https://0.example/x>), [CNN](<https://2.example/x>)"
    )
    assert also_line(told_by("The Example", None)) is None


def test_at_most_three_others_are_named_and_the_rest_is_counted():
    line = also_line(told_by("A", "B", "C", "D", "E"))
    assert line is not None
    assert line.endswith("[C](<https://2.example/x>) and 2 more")


def test_names_of_others_neither_format_nor_ping():
    line = also_line(told_by("**[x](https://evil.example)** @everyone"))
    assert line is not None
    assert "[\\*\\*\\[x\\](https\\://evil.example)\\*\\* @\u200beveryone](<https://0." in line


def test_the_links_of_others_give_way_before_a_fragment_does():
    copies = [Article("c", "", "", "https://c.example/" + "u" * 450, "Copy") for _ in range(1)]
    quotes = [replace(quote(long_article(200)), also_in=tuple(copies)) for _ in range(3)]
    text = answer_text(answer(*quotes), ENGLISH)
    assert text.content.count("-# also in Copy") == 3
    assert text.content.count("#:~:text=") == 3


@given(st.lists(articles(), min_size=1, max_size=3), st.lists(articles(), max_size=6))
@settings(max_examples=100)
def test_any_answer_with_others_fits(quoted_articles: list[Article], copies: list[Article]):
    said = [replace(quote(article), also_in=tuple(copies)) for article in quoted_articles]
    for answered in (True, False):
        text = answer_text(answer(*said, answered=answered), ENGLISH)
        assert text.length <= limits.CONTENT_LENGTH
        assert quoted(quoted_articles[0].text) in text.content
