"""Pages that are made to hurt: most cost nothing, and none more than its own few seconds."""

from __future__ import annotations

import asyncio
import time

import pytest

from index.errors import ArticleRefusedError
from index.ingestion.extraction.guarding import (
    MAX_ATTRIBUTE_COUNT,
    MAX_BYTES,
    MAX_ELEMENT_COUNT,
    refuse_overgrown,
)
from index.ingestion.extraction.page import IMPORTS, extract
from index.ingestion.isolation import IsolatedError, Isolation
from tests.unit.index.ingestion.extraction.written import (
    NOW,
    TEXT,
    URL,
    found,
    linked,
    meta,
    page,
    paragraphs,
)

MAX_SECONDS = 3
HANGING_SECONDS = 1
MANY = 300_000
ATTRIBUTES = " ".join(f"a{number}=1" for number in range(MANY))
BELOW_THE_LIMIT = " ".join(f"a{number}=1" for number in range(MAX_ATTRIBUTE_COUNT - 10))

# what parsers spend many seconds on, however it is written
HANGING = {
    "a huge table": "<table>" + "<tr><td>x</td><td>y</td></tr>" * 19_500 + "</table>",
    "many attributes on many elements": f"<p {BELOW_THE_LIMIT}>x</p>" * 250,
    "many choices": "<select>" + "<option>x" * 55_000,
}
REFUSED = {
    "more attributes than anybody writes": (f"<p {ATTRIBUTES}>x</p>", "attributes"),
    "attributes without values": (
        "<p " + " ".join(f"a{number}" for number in range(MANY)) + ">x</p>",
        "attributes",
    ),
    "a tag that never ends": (f"<p {ATTRIBUTES}", "attributes"),
    "more elements than anybody writes": ("<b>" * (MAX_ELEMENT_COUNT + 1), "elements"),
    "tags that never end": ("<a " * (MAX_ELEMENT_COUNT + 1), "elements"),
    "more bytes than anybody writes": (" " * MAX_BYTES, "larger than 4 MiB"),
}
HARMLESS = {
    "nested deeply": "<div>" * 50_000,
    "nested deeply and closed": "<span>" * 20_000 + "x" + "</span>" * 20_000,
    "nested lists": "<ul><li>" * 10_000,
    "nested quotes": "<blockquote>" * 5_000,
    "nested tables": "<table><tr><td>" * 3_000,
    "comments in comments": "<!--" * 200_000,
    "a flood of brackets": "<" * 300_000,
    "a flood of ampersands": "&" * 300_000,
    "characters beyond any": "&#x110000;" * 50_000,
    "a number of a million digits": "&#" + "9" * 1_000_000 + ";",
    "NUL bytes": "\0" * 300_000,
    "characters without width": "<p>" + "\u200b" * 300_000 + "</p>",
    "joiners": "<p>" + "\u200d" * 300_000 + "</p>",
    "turned around": "<p>" + "\u202e\u2066" * 100_000 + "</p>",
    "blanks": "<p>" + " " * 1_000_000 + "x</p>",
    "drawings in drawings": "<svg>" * 20_000,
    "bare JSON of depth": f'<script type="application/ld+json">{"[" * 500_000}</script>',
    "JSON with a huge number": f'<script type="application/ld+json">{"9" * 500_000}</script>',
}


def hostile(body: str) -> bytes:
    return page(paragraphs() + body, meta("og:type", "article")).encode()


async def extracted(workers: Isolation, body: bytes):
    return await workers.run(extract, body, url=URL, charset=None, now=NOW)


@pytest.mark.parametrize("name", HANGING)
async def test_a_page_that_hangs_costs_its_own_time_and_no_other_page(name):
    good = page().encode()
    async with Isolation(1, max_seconds=HANGING_SECONDS, imports=IMPORTS) as workers:
        assert (await extracted(workers, good)).text == TEXT  # the worker has started
        began = time.monotonic()
        bad = asyncio.ensure_future(extracted(workers, hostile(HANGING[name])))
        await asyncio.sleep(0)
        waiting = asyncio.ensure_future(extracted(workers, good))
        with pytest.raises(IsolatedError, match=r"^reading it takes longer than 1 s$"):
            await bad
        assert time.monotonic() - began < HANGING_SECONDS + MAX_SECONDS
        assert (await waiting).text == TEXT


async def test_beside_a_page_that_hangs_other_workers_go_on():
    good, hanging = page().encode(), hostile(HANGING["many attributes on many elements"])
    async with Isolation(2, max_seconds=MAX_SECONDS, imports=IMPORTS) as workers:
        await asyncio.gather(extracted(workers, good), extracted(workers, good))
        bad = asyncio.ensure_future(extracted(workers, hanging))
        await asyncio.sleep(0)
        for _ in range(5):
            assert (await extracted(workers, good)).text == TEXT
        assert not bad.done()
        with pytest.raises(IsolatedError, match="takes longer than"):
            await bad


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_reader_would_read_is_refused_before_a_parser_sees_it(name):
    body, reason = REFUSED[name]
    began = time.process_time()
    with pytest.raises(ArticleRefusedError, match=reason):
        found(hostile(body))
    assert time.process_time() - began < MAX_SECONDS


async def test_a_refusal_comes_out_of_a_worker_as_it_is():
    async with Isolation(1, imports=IMPORTS) as workers:
        with pytest.raises(ArticleRefusedError, match="more than 2000 attributes"):
            await extracted(workers, hostile(f"<p {ATTRIBUTES}>x</p>"))


@pytest.mark.parametrize("name", HARMLESS)
def test_the_story_above_what_is_only_odd_is_found(name):
    began = time.process_time()
    text = found(hostile(HARMLESS[name])).text
    assert time.process_time() - began < MAX_SECONDS
    assert text.startswith(TEXT)


def test_large_scripts_and_values_are_no_attributes():
    script = f"<script>if (a <b && {'a=1 ' * 5000}) x();</script>"
    value = f"<p data-x=\"{'a=1 ' * 5000}\" data-y='{'b ' * 5000}'>x</p>"
    assert found(hostile(script + value)).text.startswith(TEXT)
    refuse_overgrown(f"<p {' '.join('a=1' for _ in range(5000))}>")  # one attribute, many times


def test_a_page_without_any_tags_or_with_only_broken_ones_is_no_article():
    for body in (b"words and no page", b"%PDF-1.4 " + bytes(range(256)) * 400, b"<frameset>" * 999):
        assert found(body).text == ""


def test_entities_that_are_declared_are_not_unfolded():
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE html [<!ENTITY e0 "ha">{declared}]>'
    body = page(paragraphs() + "<p>&e9;</p>").removeprefix("<!DOCTYPE html>")
    assert len(found(doctype + body).text) < 1000


def test_endless_names_have_an_end():
    endless = "by - | " * 100_000
    extracted_page = found(page(head=linked(headline=endless, author=endless, publisher=endless)))
    assert len(extracted_page.title) <= 500
    assert extracted_page.author is None
    assert extracted_page.publisher == "lantern.example"
