from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from index.model import PublicationTime

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<title>The north floods &ndash; The Daily</title>
<meta property="og:title" content="The north floods">
<meta name=author content='Ann &amp; Ben'>
<meta property="article:published_time" content="2024-01-05T12:00:00Z">
<meta property="og:site_name" content="The Daily">
<meta property="article:section" content="Weather">
<link rel="canonical" href="https://daily.example/1?a=b&amp;c=d">
<style>p { color: red }</style><script>document.write("<p>Script</p>")</script>
</head><body>
<header><p>Header</p></header><nav><ul><li>Home</ul></nav>
<article><h1>The north floods</h1>
<p>Rain fell on <b>Monday</b>
   in the&nbsp;north.<br>Rivers rose.
<p>“It&#8217;s wet”, <a href="/ann">Ann</a> said. <svg><title>icon</title></svg>More.
<h2>What next</h2><aside><p>Aside</p></aside>
<p><a href="/more">Read more stories</a></p>
<ul><li>Stay in.</li><li>Stay dry.</li></ul>
<form><p>Subscribe</p></form>
</article><!-- <p>Comment</p> --><footer><p>Footer</p></footer></body></html>
"""


def test_a_page_gives_its_paragraphs_and_what_its_head_says(read: Callable[..., Any]):
    article = read("a.html", PAGE.encode()).article

    assert article.text.split("\n\n") == [
        "Rain fell on Monday in the\u00a0north.\nRivers rose.",
        "“It\u2019s wet”, Ann said. More.",
        "What next",
        "Stay in.",
        "Stay dry.",
    ]
    assert (article.title, article.author) == ("The north floods", "Ann & Ben")
    assert (article.publisher, article.category) == ("The Daily", "Weather")
    assert article.published == PublicationTime.of(datetime(2024, 1, 5, 12, tzinfo=UTC))
    assert article.id == article.url == "https://daily.example/1?a=b&c=d"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title> A\n b </title><h1>C</h1><p>Text.", "A b"),
        ("<h1>C <i>d</i></h1><p>Text.", "C d"),
        ("<p>Text.", "Text."),
        ("<svg><title>Icon</title></svg><p>Text.", "Text."),
    ],
)
def test_a_page_has_the_best_title_there_is(read: Callable[..., Any], page: str, title: str):
    assert read("a.htm", page.encode()).article.title == title


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"\xef\xbb\xbf<meta charset=iso-8859-1><p>caf\xc3\xa9", "café"),
        (b"<meta charset=ISO-8859-1><p>caf\xe9 \x93a\x94", "café “a”"),
        (b"<META http-equiv=x content='text/html; charset=koi8-r'><p>\xc4\xc1", "да"),
        (b"<meta charset=shift_jis><p>\x93\xfa\x96\x7b", "日本"),
        (b"<meta charset=utf-16><p>caf\xc3\xa9", "café"),
        ("\ufeff<p>café".encode("utf-16-le"), "café"),
    ],
)
def test_a_page_is_read_in_its_charset(read: Callable[..., Any], page: bytes, text: str):
    assert read("a.html", page).article.text == text


def test_a_story_set_in_divisions_is_read_despite_a_paragraph_elsewhere(
    read: Callable[..., Any],
):
    page = (
        b"<p>We use cookies.</p><div>Rain fell on Monday in the north.</div><div>Rivers rose.</div>"
    )

    text = read("a.html", page).article.text

    assert text.split("\n\n")[1:] == ["Rain fell on Monday in the north.", "Rivers rose."]


def test_a_link_that_never_ends_costs_no_paragraph(read: Callable[..., Any]):
    page = b'<p>One <a href="/x">link.</p><p>Two.</p><p><a name="y">Three.</p>'

    assert read("a.html", page).article.text == "One link.\n\nTwo.\n\nThree."


def test_an_author_that_is_a_profile_page_is_left_out(read: Callable[..., Any]):
    page = b'<meta property="article:author" content="https://social.example/ann"><p>Text.'

    assert read("a.html", page).article.author is None
