"""Files that mean harm or are merely broken: each is told of in a sentence, and soon."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from index.ingestion.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

# what hangs takes minutes, and a busy machine its time
PATIENCE_SECONDS = 60.0
ONE_MILLION = 1_000_000


def front(matter: bytes) -> bytes:
    return b"---\n" + matter + b"\n---\nText.\n"


REFUSED = {
    "an empty file": ("a.txt", b"", "it is empty"),
    "an empty json": ("a.json", b"", "it is empty"),
    "an empty jsonl": ("a.jsonl", b"", "it is empty"),
    "an empty csv": ("a.csv", b"", "it is empty"),
    "only a BOM": ("a.txt", b"\xef\xbb\xbf", "it has no text"),
    "only blanks": ("a.txt", b" \r\n\t\n", "it has no text"),
    "only front matter": ("a.md", b"---\ntitle: A\n---\n", "it has no text"),
    "Latin-1": ("a.txt", b"x" * 123 + b"\xe9", "not valid UTF-8 at byte 123; save it as UTF-8"),
    "Latin-1 after a BOM": ("a.txt", b"\xef\xbb\xbf\xe9", "not valid UTF-8 at byte 3;"),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n", "not valid UTF-8 at byte 0;"),
    "NUL bytes": ("a.txt", b"One.\x00Two.", "NUL"),
    "half UTF-16": ("a.txt", b"\xff\xfea", "not valid UTF-16"),
    "encoded surrogates": ("a.txt", b"\xed\xa0\x80", "not valid UTF-8 at byte 0;"),
    "no JSON": ("a.json", b"{\n 'text': 1}", "not valid JSON at line 2, column 2"),
    "lines named json": ("a.json", b'{"text": "a"}\n{"text": "b"}\n', "name it .jsonl"),
    "deep JSON": ("a.json", b"[" * ONE_MILLION, "nested too deeply"),
    "deep objects": ("a.json", b'{"text":' * ONE_MILLION, "nested too deeply"),
    "a JSON string": ("a.json", b'"text"', "a string where an object"),
    "a huge JSON number": ("a.json", b"9" * ONE_MILLION, "a string where an object"),
    "a lone surrogate": ("a.json", b'{"text": "a\\ud800"}', "surrogate"),
    "a lone surrogate in the id": ("a.json", b'{"text": "a", "id": "\\udfff"}', "its id holds"),
    "a huge id": ("a.json", b'{"text": "a", "id": "%s"}' % (b"x" * 501), "its id is longer"),
    "broken YAML": ("a.md", front(b"title: A\nb: [1"), "not valid YAML at line"),
    "YAML control characters": ("a.md", front(b"title: \x07"), "not valid YAML"),
    "a YAML bomb": (
        "a.md",
        front(b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nauthors: [*c, *c]"),
        "aliases",
    ),
    "recursive YAML": ("a.md", front(b"a: &a [*a]"), "aliases"),
    "deep YAML": ("a.md", front(b"[" * 60_000), "nested too deeply"),
    "deep YAML blocks": ("a.md", front(b"- " * 30_000), "nested too deeply"),
    "large front matter": ("a.md", front(b"a: " + b"x" * 70_000), "larger than 64 KiB"),
    "an unclosed page": ("a.html", b"<!--" * ONE_MILLION, "no paragraphs"),
    "a page of attributes": ("a.html", b"<a " + b"x=y " * ONE_MILLION, "no paragraphs"),
    "a page of tags": ("a.html", b"<p " * ONE_MILLION, "no paragraphs"),
    "a page of navigation": ("a.html", b"<nav><p>Home</p></nav>", "no paragraphs"),
    "a page in Latin-1": ("a.html", b"<p>caf\xe9</p>", "not valid UTF-8 at byte 6;"),
    "a page in no charset": ("a.html", b"<meta charset=zlib><p>a</p>", "charset zlib is unknown"),
    "a page in nonsense": ("a.html", b"<meta charset=x-y><p>a</p>", "charset x-y is unknown"),
    "a page in punycode": ("a.html", b"<meta charset=punycode><p>a</p>", "is unknown"),
    "an endless cell": ("a.csv", b'text\n"' + b"x\n" * ONE_MILLION, "not valid CSV"),
    "an endless line": ("a.csv", b"text\n" + b"x" * (2 << 20), "line 2: a line longer"),
    "old Macintosh lines": ("a.csv", b"title,text\rA,B\r", "not valid CSV"),
    "no such kind": ("a.pdf", b"%PDF", "not a kind of file that is read"),
}

READ = {
    "blanks without end": ("a.txt", b" " * ONE_MILLION + b"\nText."),
    "one endless line": ("a.txt", b"x " * ONE_MILLION),
    "a heading of blanks": ("a.md", b"# a" + b" " * ONE_MILLION + b"b\nText."),
    "a thematic break": ("a.md", b"---\nText.\n"),
    "prose between two breaks": ("a.md", b"---\n\nThis story: it begins.\n\n---\n\nIt ends.\n"),
    "prose between breaks": ("a.md", b"---\nSome prose\n---\nMore.\n"),
    "an impossible date in YAML": ("a.md", front(b"date: 2024-02-30")),
    "YAML types": (
        "a.md",
        front(b"a: !!python/object/apply:os.system [id]\nb: !x y\nc: 0o8\n1: 2"),
    ),
    "many YAML quotes": ("a.md", front(b"a: '" + b"''" * 30_000 + b"'")),
    "many YAML keys": ("a.md", front(b"a: b\n" * 12_000)),
    "huge numbers": (
        "a.json",
        b'{"text": "a", "x": 1e999, "y": NaN, "id": %s, "date": %s}' % ((b"9" * 400,) * 2),
    ),
    "NaN everywhere": (
        "a.json",
        b'{"text": "a", "id": NaN, "date": Infinity, "title": -Infinity}',
    ),
    "strange values": (
        "a.json",
        b'{"text": "a", "id": {}, "url": [], "source": {"name": {}}, "author": [[1], null, true]}',
    ),
    "odd blanks in names": ("a.json", b'{" TEXT ": "a", "": 1, "_": 2}'),
    "strange references": ("a.html", b"<p>a &#%s; &#xD800; &#0; &amp" % (b"9" * 5000)),
    "a tag soup": ("a.html", b"</p></nav><p>One <b>two</p></b></b><p>< three <![x <!doctype"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_reason(read: Callable[..., Any], name: str):
    file, content, reason = REFUSED[name]
    started = time.monotonic()

    outcome = read(file, content, Limits(max_article_bytes=1 << 18))

    assert outcome.refused is not None, outcome
    assert reason in outcome.refused
    assert outcome.refused.isprintable()
    assert len(outcome.refused) < 200
    assert time.monotonic() - started < PATIENCE_SECONDS


@pytest.mark.parametrize("name", READ)
def test_a_strange_file_is_read_nonetheless(read: Callable[..., Any], name: str):
    file, content = READ[name]
    started = time.monotonic()

    article = read(file, content).article

    assert article.text.strip()
    assert article.title
    assert article.id
    assert time.monotonic() - started < PATIENCE_SECONDS
