from __future__ import annotations

import pytest

from index.ingestion.web.headers import plain_headers
from index.ingestion.web.options import user_agent


def test_names_are_in_lower_case_and_of_several_values_the_first_counts():
    assert plain_headers([("ETag", '"a"'), ("etag", '"b"')]) == {"etag": '"a"'}


def test_what_is_a_list_keeps_all_that_it_says():
    given = [("X-Robots-Tag", "noindex"), ("x-robots-tag", "nosnippet")]
    assert plain_headers(given) == {"x-robots-tag": "noindex, nosnippet"}


def test_cookies_are_not_kept():
    assert plain_headers([("Set-Cookie", "a=b"), ("Vary", "x")]) == {"vary": "x"}


def test_bytes_that_are_no_utf8_become_text_that_a_database_takes():
    torn = b'"caf\xe9"'.decode("utf-8", "surrogateescape")
    assert plain_headers([("ETag", torn)]) == {"etag": '"café"'}
    assert plain_headers([("ETag", '"café"')]) == {"etag": '"café"'}


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("mail@example.org", "Pullquote/0.1.0 (+mail@example.org)"),
        ("https://example.org/bot?x=1", "Pullquote/0.1.0 (+https://example.org/bot?x=1)"),
        ("", "Pullquote/0.1.0"),
        ("é ", "Pullquote/0.1.0"),
        ("a)\r\nX-Evil: (b", "Pullquote/0.1.0 (+aX-Evil:b)"),
    ],
)
def test_the_user_agent_says_who_asks_and_whom_to_write_to(contact, expected):
    assert user_agent("0.1.0", contact) == expected
