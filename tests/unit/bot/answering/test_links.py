from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.links import link
from bot.answering.model import Quote
from index import Article, Explanation


def quote_of(text: str, url: str | None = "https://post.example/bridge") -> Quote:
    article = Article("a", "Title", text, url=url)
    return Quote(article, 0, len(text), 1.0, Explanation(1.0, "a test"))


def test_a_link_jumps_to_the_words_quoted():
    assert (
        link(quote_of("The bridge, built in 1931, closed."))
        == "https://post.example/bridge#:~:text=The%20bridge%2C%20built%20in%201931%2C%20closed."
    )


def test_a_long_quote_is_named_by_its_first_and_last_words():
    text = "One two three four five " + "and so on " * 40 + "six seven eight nine ten."
    assert link(quote_of(text)) == (
        "https://post.example/bridge#:~:text="
        "One%20two%20three%20four%20five,six%20seven%20eight%20nine%20ten."
    )


def test_a_quote_over_two_paragraphs_is_named_by_its_ends():
    text = "The first of all the paragraphs ends.\n\nThe second of the paragraphs ends here."
    assert "%0A" not in (link(quote_of(text)) or "")
    assert "," in (link(quote_of(text)) or "")


def test_a_dash_is_encoded_since_it_is_the_directives_own_sign():
    assert (link(quote_of("Well-known.")) or "").endswith("text=Well%2Dknown.")


def test_an_address_with_a_fragment_keeps_it():
    assert link(quote_of("Yes.", "https://post.example/live#block-7")) == (
        "https://post.example/live#block-7:~:text=Yes."
    )


def test_an_address_that_already_jumps_jumps_elsewhere():
    assert link(quote_of("Yes.", "https://post.example/a#:~:text=No.")) == (
        "https://post.example/a#:~:text=Yes."
    )


def test_an_article_without_an_address_has_no_link():
    assert link(quote_of("Yes.", None)) is None


@given(st.text(min_size=1, max_size=120).filter(lambda text: text.split()))
def test_a_short_quote_can_be_read_back_from_its_link(text):
    address = link(quote_of(text, "https://post.example/"))
    assert address is not None
    _, _, fragment = address.partition(":~:text=")
    assert fragment.isascii()
    if "," not in fragment:
        assert unquote(fragment) == " ".join(text.split())
