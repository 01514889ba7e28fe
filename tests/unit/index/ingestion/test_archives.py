"""Archives of web pages, made by warcio as a crawler makes them, and such as mean harm."""

from __future__ import annotations

import gzip
import io
import logging
import sys
import time
import zlib
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.ingestion.archived_pages import MAX_PAGE_BYTES
from index.ingestion.limits import Limits
from index.model import PublicationTime

STORY = """The old bridge over the Aln closes on Monday for a year, the council said. Engineers
found cracks in two of its four piers last autumn, and have watched them grow since then."""
DETOUR = """Drivers will be sent over the new bridge at Lesbury, which adds eleven minutes to the
way into town, and the bus company has drawn up another timetable for its three lines."""


def page(title="The bridge closes", head="", story=STORY):
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2024-03-03T08:30:00Z">{head}</head>
<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1><p>{story}</p><p>{DETOUR}</p>
<p>{DETOUR} It asks for patience.</p></article><footer>Copyright The Paper</footer></body></html>"""


HOME = "<html><head><title>The Paper</title></head><body>" + "".join(
    f'<h2><a href="/{n}">Story number {n} of today</a></h2>' for n in range(20)
)


class Writer(WARCWriter):
    """warcio's, without the temporary files that it leaves open."""

    _create_temp_file = staticmethod(io.BytesIO)


ANSWER = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://p.test/2\r\n"
    b"Content-Length: %s\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a</p>\r\n\r\n"
)


class Archive:
    """An archive in memory, to which answers are added."""

    def __init__(self, *, is_packed: bool = True) -> None:
        self._file = io.BytesIO()
        self._writer = Writer(self._file, gzip=is_packed)
        self._writer.write_record(self._writer.create_warcinfo_record("a.warc", {"software": "t"}))

    def add(self, url, body, *, status="200 OK", kind="text/html", **more: str):
        raw = body if isinstance(body, bytes) else body.encode()
        names = {name.replace("_", "-"): value for name, value in more.items()}
        headers = StatusAndHeaders(
            status, [("Content-Type", kind), *names.items()], protocol="HTTP/1.1"
        )
        self._writer.write_record(
            self._writer.create_warc_record(
                url, "response", payload=io.BytesIO(raw), http_headers=headers
            )
        )
        return self

    def ask(self, url):
        headers = StatusAndHeaders("GET / HTTP/1.1", [("Host", "p.test")], is_http_request=True)
        self._writer.write_record(
            self._writer.create_warc_record(url, "request", http_headers=headers)
        )
        return self

    def content(self):
        return self._file.getvalue()


@pytest.mark.parametrize(("name", "is_packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_each_page_with_an_article_becomes_one(read, name, is_packed):
    archive = Archive(is_packed=is_packed).ask("https://p.test/bridge")
    archive.add("https://p.test/bridge", page()).add("https://p.test/ferry", page("A ferry sails"))
    found = read(name, archive.content())
    bridge, ferry = found.articles
    assert (bridge.id, bridge.url, bridge.title) == (
        "https://p.test/bridge",
        "https://p.test/bridge",
        "The bridge closes",
    )
    assert bridge.publisher == "The Paper"
    assert bridge.published == PublicationTime(datetime(2024, 3, 3, 8, 30, tzinfo=UTC))
    assert "cracks in two of its four piers" in bridge.text
    assert "Home" not in bridge.text
    assert ferry.title == "A ferry sails"
    assert (found.refusals, found.refused) == ([], None)
    assert [note.text for note in found.notes] == [
        "2 of its 4 records give no article: 2 × no answer of a server"
    ]


def test_what_is_no_article_is_passed_over_and_counted(read):
    archive = Archive()
    archive.add("https://p.test/", HOME)
    archive.add("https://p.test/gone", page(), status="404 Not Found")
    archive.add("https://p.test/a.png", b"\x89PNG", kind="image/png")
    archive.add("https://p.test/secret", page(head='<meta name="robots" content="nosnippet">'))
    archive.add("https://p.test/secret2", page(), X_Robots_Tag="nosnippet")
    archive.add("ftp://p.test/bridge", page())
    archive.add("https://p.test/bridge", page())
    archive.add("https://p.test/bridge", page("Again"))
    archive.add("https://p.test/large", page(story="x" * (MAX_PAGE_BYTES + 1)))
    archive.add("https://p.test/larger", b"x" * (2 * MAX_PAGE_BYTES + 1))
    archive.add("https://p.test/broken", b"\x1f\x8b" + b"no gzip", Content_Encoding="gzip")
    archive.add("https://p.test/brotli", b"\x0b\x02\x80", Content_Encoding="br")
    found = read("a.warc.gz", archive.content())
    assert [article.title for article in found.articles] == ["The bridge closes"]
    (note,) = found.notes
    for told in (
        "12 of its 13 records give no article",
        "2 × a page that asks not to be quoted",
        "2 × larger than 3 MiB",
        "2 × packed in a way that cannot be undone",
        "1 × no answer of a server",
        "1 × a status other than 200",
        "1 × no page",
        "1 × no address on the web",
        "1 × an address that came before",
        "1 × a page without an article",
    ):
        assert told in note.text


def test_pages_are_unpacked_and_put_together_as_they_were_sent(read):
    raw = page().encode()
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(raw[at : at + 99]), raw[at : at + 99])
                       for at in range(0, len(raw), 99)) + b"0\r\n\r\n"  # fmt: skip
    archive = Archive()
    archive.add("https://p.test/1", gzip.compress(raw), Content_Encoding="gzip")
    archive.add("https://p.test/2", zlib.compress(raw), Content_Encoding="deflate")
    archive.add("https://p.test/3", chunked, Transfer_Encoding="chunked")
    archive.add("https://p.test/4", raw, Content_Encoding="br", Transfer_Encoding="chunked")
    archive.add("https://p.test/5", page("Žurnál").replace('<meta charset="utf-8">', "")
                .encode("iso-8859-2"), kind="text/html; charset=iso-8859-2")  # fmt: skip
    found = read("a.warc.gz", archive.content())
    assert [article.url[-1] for article in found.articles] == ["1", "2", "3", "4", "5"]
    assert {article.text for article in found.articles} == {found.articles[0].text}
    assert found.articles[4].title == "Žurnál"


def test_a_page_that_only_begins_a_story_says_so(read):
    said = '{"@type": "NewsArticle", "isAccessibleForFree": false}'
    paid = f'<script type="application/ld+json">{said}</script>'
    found = read(
        "a.warc", Archive(is_packed=False).add("https://p.test/a", page(head=paid)).content()
    )
    assert [article.is_partial for article in found.articles] == [True]


# ── broken ones, and such as mean harm ───────────────────────────────────────
@pytest.mark.parametrize(("name", "is_packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_an_archive_that_is_cut_short_keeps_what_came_before(read, name, is_packed):
    archive = Archive(is_packed=is_packed).add("https://p.test/1", page())
    whole = archive.add("https://p.test/2", page("Later")).content()
    found = read(name, whole[:-300])
    assert found.articles[0].url == "https://p.test/1"
    assert found.refused is None
    (refusal,) = found.refusals
    assert "the archive is read up to here: " in str(refusal)
    assert "\n" not in str(refusal)


@pytest.mark.parametrize(
    "damage",
    [
        b"<html>no record</html>\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nrest",
        ANSWER % b"99999999999999999999",
        ANSWER % b"-1",
        b"WARC/1.0\r\n" + b"x" * (3 << 20),
        b"\r\n" * (2 << 20),
        b"\x00" * (3 << 20),
    ],
)
def test_what_stands_where_a_record_should_costs_only_what_follows(read, damage, capfd):
    sound = Archive(is_packed=False).add("https://p.test/1", page()).content()
    found = read("a.warc", sound + damage)
    assert [article.url for article in found.articles] == ["https://p.test/1"]
    (refusal,) = found.refusals
    assert "it is damaged" in refusal.reason or "it is cut short" in refusal.reason
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "content", [b"<html></html>", b"\x00" * 100, b"filedesc://a.arc 0 1 text/plain 5\n1 0 A\n"]
)
def test_what_is_no_archive_is_refused(read, content):
    assert "no WARC file" in read("a.warc", content).refused


def test_a_response_with_no_answer_in_it_is_passed_over(read):
    head = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Length: 5\r\n\r\n"
            b"hello\r\n\r\n")  # fmt: skip
    found = read("a.warc", head % b"<https://p.test/a b>" + head % b"")
    assert found.notes[0].text.endswith("1 × no answer of a server, 1 × no address on the web")
    assert logging.getLogger("warcio").level == logging.ERROR


def test_a_page_that_unpacks_without_end_is_given_up_early(read):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(500)) + packer.flush()
    archive = Archive().add("https://p.test/bomb", bomb, Content_Encoding="gzip")
    began = time.perf_counter()
    found = read("a.warc.gz", archive.content())
    assert "1 × larger than 3 MiB" in found.notes[0].text
    assert time.perf_counter() - began < 10


def test_an_archive_that_unpacks_to_too_much_ends_there(read):
    limits = Limits(max_stream_bytes=4096)
    content = (
        Archive().add("https://p.test/1", page()).add("https://p.test/2", b"0" * 90_000).content()
    )
    found = read("a.warc.gz", content, limits)
    assert [article.url for article in found.articles] == ["https://p.test/1"]
    assert "larger than the limit of 32 KiB" in found.refusals[0].reason


def test_a_page_that_hangs_its_reader_costs_itself_only(read):
    hostile = "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + page()
    archive = Archive().add("https://p.test/1", hostile).add("https://p.test/2", page())
    found = read("a.warc.gz", archive.content())
    assert [article.url for article in found.articles] == ["https://p.test/2"]
    assert "1 × a page that cannot be read" in found.notes[0].text


def test_without_the_extra_it_says_what_to_install(read, monkeypatch):
    content = Archive().content()
    for name in [name for name in sys.modules if name.partition(".")[0] == "warcio"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert "pip install 'pullquote[warc]'" in read("a.warc.gz", content).refused
