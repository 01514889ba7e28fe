from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.web.robots_rules import robots_rules

SITE = "https://news.example"

# a file, the paths it lets be read, and those it does not
FILES = [
    ("", ["/", "/a"], []),
    ("User-agent: *\nDisallow:", ["/", "/a"], []),
    ("User-agent: *\nDisallow: /", ["/robots.txt"], ["/", "/a"]),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", ["/", "/a/b/c"], ["/a", "/a/c"]),
    ("User-agent: *\nAllow: /a/b\nDisallow: /a", ["/a/b"], ["/a/c"]),  # the longest decides
    ("User-agent: *\nDisallow: /*.pdf$", ["/x.pdf?y"], ["/a/x.pdf"]),
    ("User-agent: *\nDisallow: /*?print=", ["/a?x=1"], ["/a?print=1"]),
    ("User-agent: *\nDisallow: /%C3%BC", ["/u"], ["/ü", "/%C3%BC", "/%c3%bc"]),
    ("User-agent: GPTBot\nDisallow: /", ["/"], []),
    ("User-agent: GPTBot\nUser-agent: *\nDisallow: /", [], ["/"]),
    ("User-agent: Pullquote\nDisallow: /a\n\nUser-agent: *\nDisallow: /", ["/b"], ["/a"]),
    ("User-agent: *\nDisallow: /\nUser-agent: pullQUOTE/2.0\nDisallow: /a", ["/b"], ["/a"]),
    ("User-agent: Pullquote\nDisallow:\n\nUser-agent: *\nDisallow: /", ["/"], []),
    ("User-agent: Pullquote\n\nUser-agent: *\nDisallow: /", [], ["/"]),  # one group
    ("User-agent: Pull\nDisallow: /\nUser-agent: MyPullquote\nDisallow: /", ["/"], []),
    ("User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /b",
     ["/c"], ["/a", "/b"]),
    ("Disallow: /", ["/"], []),  # speaks to nobody
    ("Sitemap: https://news.example/s.xml\nUser-agent: *\nSitemap: x\nDisallow: /a",
     ["/"], ["/a"]),
    ("\ufeffUSER-AGENT : * # all\r\ndisallow:/a # not this\r\n", ["/"], ["/a"]),
    ("User-agent *\nDisallow /a", ["/"], ["/a"]),
    ("useragent: *\ndissallow: /a", ["/"], ["/a"]),
    ("<html><body>Not found: /a</body></html>", ["/", "/a"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "allowed", "forbidden"), FILES)
def test_robots_txt_says_what_may_be_read(text, allowed, forbidden):
    rules = robots_rules(text.encode())
    assert [path for path in allowed if not rules.allows(SITE + path)] == []
    assert [path for path in forbidden if rules.allows(SITE + path)] == []


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 5", 5.0),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 86400", 30.0),
        ("User-agent: *\nCrawl-delay: -5", 0.0),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("User-agent: *\nCrawl-delay: 1e999", 0.0),
        ("User-agent: bingbot\nCrawl-delay: 5", 0.0),
        ("User-agent: Pullquote\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 9", 3.0),
    ],
)
def test_a_site_may_ask_for_time_between_requests_within_reason(text, seconds):
    assert robots_rules(text.encode()).delay_seconds == seconds


def test_what_is_no_utf8_is_read_as_well_as_it_can_be():
    rules = robots_rules(b"# caf\xe9\nUser-agent: *\nDisallow: /a\x00\xff\nDisallow: /b")
    assert not rules.allows(f"{SITE}/b")
    assert rules.allows(f"{SITE}/c")


def test_only_the_first_half_megabyte_is_read():
    text = b"User-agent: *\nDisallow: /a\n" + b"#" * (500 * 1024) + b"\nDisallow: /b"
    rules = robots_rules(text)
    assert not rules.allows(f"{SITE}/a")
    assert rules.allows(f"{SITE}/b")


@given(st.binary() | st.text("user-agentdisallow:*/$#% \n").map(str.encode), st.text(max_size=20))
def test_no_file_breaks_the_reading(body, path):
    rules = robots_rules(body)
    assert rules.allows(f"{SITE}/{path}") in {True, False}


def test_a_thousand_names_over_a_thousand_rules_do_not_cost_their_product():
    names = "".join(f"User-agent: a{number}\n" for number in range(10_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(10_000))
    text = f"{names}User-agent: *\n{rules}".encode()
    tracemalloc.start()
    try:
        read = robots_rules(text)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert not read.allows(f"{SITE}/9999")
    assert most < 50_000_000  # the product would take gigabytes
