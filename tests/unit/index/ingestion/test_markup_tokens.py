from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.markup import Tag, tokens


def written(page: str) -> list[object]:
    return [
        (f"/{token.name}" if token.is_end else token.name, dict(token.attributes))
        if isinstance(token, Tag)
        else token
        for token in tokens(page)
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("a &amp; b", ["a & b"]),
        ("<P Class=x>a</P >", [("p", {"class": "x"}), "a", ("/p", {})]),
        ("<a b='>' c=\">\" d=e/ f>g", [("a", {"b": ">", "c": ">", "d": "e/", "f": ""}), "g"]),
        ("<a b = c b=d>", [("a", {"b": "c"})]),
        ("<br/>a", [("br", {}), "a"]),
        ("<p class=it's>a", [("p", {"class": "it's"}), "a"]),
        ("1 < 2 <3", ["1 ", "<", " 2 ", "<", "3"]),
        ("a<!-- <p> -- > -->b", ["a", "b"]),
        ("a<!-->b", ["a", "b"]),
        ("a<?php <b ?>c", ["a", "c"]),
        ("<!DOCTYPE html>a", ["a"]),
        ("a<!-- b", ["a"]),
        ("a<b c='d", ["a", ("b", {"c": "d"})]),
        ("<script>a<b></p></SCRIPT >c", [("script", {}), "a<b></p>", ("/script", {}), "c"]),
        ("<title>a &lt; <b></title>", [("title", {}), "a < <b>", ("/title", {})]),
        ("<style>a", [("style", {}), "a"]),
        ("&#99999999999999999999; &#xD800;", ["\ufffd \ufffd"]),
    ],
)
def test_markup_is_read_as_a_browser_reads_it(page: str, expected: list[object]):
    assert written(page) == expected


class Oracle(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in reversed(attrs)}))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        self.found.append(data)


names = st.sampled_from(["p", "div", "b", "h1", "section"])
values = st.text("abc &;'<>=/é", max_size=8)
attributes = st.dictionaries(st.sampled_from(["id", "class", "data-x"]), values, max_size=3)


def start_tag(name: str, given: dict[str, str]) -> str:
    return f"<{name}" + "".join(f' {key}="{value}"' for key, value in given.items()) + ">"


starts = st.builds(start_tag, names, attributes)
ends = names.map(lambda name: f"</{name}>")
texts = st.text("abc é.\n", min_size=1, max_size=8)
comments = st.text("abc <>", max_size=8).map(lambda text: f"<!-- {text} -->")


@given(st.lists(st.one_of(starts, ends, texts, comments)).map("".join))
def test_well_formed_markup_is_read_as_the_standard_library_reads_it(page: str):
    oracle = Oracle()
    oracle.feed(page)
    oracle.close()

    assert written(page) == oracle.found


@given(st.text("<>!-/&;#='\" \nabp", max_size=200))
def test_any_text_at_all_is_read(page: str):
    for token in tokens(page):
        assert token
