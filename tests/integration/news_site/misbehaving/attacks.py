"""The table of attacks: each by name, what it does and where. Every one is to be survived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.integration.news_site.misbehaving import documents, statuses, wires
from tests.integration.news_site.outlet import FEEDS, PAGES, ROBOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.news_site.asked import Misbehaviour

METADATA = "http://169.254.169.254/latest/meta-data/"


@dataclass(frozen=True, slots=True)
class Attack:
    """`make` gives the misbehaviour anew, since some remember; `at` is where it happens.

    `is_slow` takes as long as a reader is patient.
    """

    make: Callable[[], Misbehaviour]
    at: str = FEEDS
    is_slow: bool = False


ATTACKS: dict[str, Attack] = {
    "a gzip bomb": Attack(wires.packed_bomb),
    "a gzip bomb in gzip": Attack(lambda: wires.packed_bomb(200, layers=2)),
    "a deflate bomb": Attack(lambda: wires.packed_bomb(200, "deflate")),
    "a gzip bomb for a page": Attack(wires.packed_bomb, PAGES),
    "brotli that nobody asked for": Attack(wires.unasked_encoding),
    "broken gzip": Attack(wires.broken_gzip),
    "an endless body": Attack(wires.endless_body),
    "an endless page": Attack(wires.endless_body, PAGES),
    "an endless robots.txt": Attack(wires.endless_body, ROBOTS),
    "a byte now and then": Attack(wires.slow_body, is_slow=True),
    "silence": Attack(wires.silence, is_slow=True),
    "silence for a page": Attack(wires.silence, PAGES, is_slow=True),
    "hanging up": Attack(wires.hang_up),
    "fewer bytes than promised": Attack(wires.too_long_a_promise),
    "more bytes than promised": Attack(wires.too_short_a_promise),
    "a flood of headers": Attack(wires.header_flood),
    "no HTTP at all": Attack(wires.no_http),
    "an error of the server": Attack(statuses.server_error),
    "an error for each page": Attack(statuses.server_error, PAGES),
    "a redirect to a file": Attack(lambda: statuses.redirect_to("file:///etc/passwd")),
    "a redirect to FTP": Attack(lambda: statuses.redirect_to("ftp://daily.test/feed.xml")),
    "a redirect to metadata": Attack(lambda: statuses.redirect_to(METADATA)),
    "a redirect for ever to metadata": Attack(lambda: statuses.redirect_to(METADATA, 301)),
    "a redirect to a private network": Attack(lambda: statuses.redirect_to("http://10.0.0.1/")),
    "a page on a private network": Attack(lambda: statuses.redirect_to("http://10.0.0.1/"), PAGES),
    "a redirect to no address": Attack(lambda: statuses.redirect_to("http://[::")),
    "a redirect in circles": Attack(statuses.redirect_loop),
    "redirects without end": Attack(statuses.endless_redirects),
    "halves of characters": Attack(documents.half_characters),
    "a billion laughs": Attack(documents.billion_laughs),
    "external entities": Attack(documents.external_entities),
    "deep XML": Attack(documents.deep_xml),
    "deep JSON": Attack(documents.deep_json),
    "a deep page": Attack(documents.deep_page, PAGES),
    "a page of attributes": Attack(documents.page_of_attributes, PAGES),
    "a page that hangs": Attack(documents.hanging_page, PAGES, is_slow=True),
    "thousands of entries": Attack(documents.many_entries),
    "sitemaps without end": Attack(documents.sitemap_without_end),
    "entries that lead inside": Attack(
        lambda: documents.entries_to(
            METADATA,
            "file:///etc/passwd",
            "http://user:password@daily.test/x",
            "javascript:alert(1)",
            "http://127.0.0.1:22/",
            "http://[::1]/",
            "gopher://daily.test/",
        )
    ),
    "a feed that breaks off": Attack(documents.truncated),
    "a page in place of a feed": Attack(documents.a_page),
    "NUL bytes in a feed": Attack(documents.nul_bytes),
    "NUL bytes in a page": Attack(documents.nul_bytes, PAGES),
    "a wrong charset": Attack(documents.wrong_charset),
    "a charset that is none": Attack(lambda: documents.wrong_charset("klingon")),
    "a page in a wrong charset": Attack(documents.wrong_charset, PAGES),
    "noise": Attack(documents.noise),
    "noise for a page": Attack(documents.noise, PAGES),
    "nothing": Attack(documents.nothing),
    "nothing for a page": Attack(documents.nothing, PAGES),
    "an article beyond measure": Attack(documents.huge_values),
}
