from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.web.addresses import host_of, shown, web_url
from index.ingestion.web.options import WebOptions

OPTIONS = WebOptions("test")
MEANT = "; allow private networks if it is meant"

FETCHED = [
    ("https://example.org/", "https://example.org/"),
    ("  http://EXAMPLE.org/a b?q=é#part \n", "http://example.org/a%20b?q=%C3%A9"),
    ("http://example.org:80/", "http://example.org/"),
    ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
    ("https://example.org./", "https://example.org./"),
    ("https://a_b.example.org/%2F", "https://a_b.example.org/%2F"),
    ("http://8.8.8.8/", "http://8.8.8.8/"),
    ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
    ("http://[::ffff:8.8.8.8]/", "http://[::ffff:808:808]/"),
]

REFUSED = [
    ("", "it is no http or https address"),
    ("example.org/feed", "it is no http or https address"),
    ("//example.org/feed", "it is no http or https address"),
    ("file:///etc/passwd", "it is no http or https address"),
    ("ftp://example.org/", "it is no http or https address"),
    ("gopher://127.0.0.1:11211/_stats", "it is no http or https address"),
    ("javascript:alert(1)", "it is no http or https address"),
    ("http://", "it is no http or https address"),
    ("http:///path", "it is no http or https address"),
    ("http://user@example.org/", "it holds a user name or password"),
    ("https://[::1]:8@", "it is malformed"),
    ("http://user:word@example.org/", "it holds a user name or password"),
    ("http://example.org@127.0.0.1/", "it holds a user name or password"),
    ("http://example.org:22/", "it names port 22, which is not one of the web's"),
    ("http://example.org:8080/", "it names port 8080, which is not one of the web's"),
    ("https://example.org:0/", "it names port 0, which is not one of the web's"),
    ("http://example.org:99999/", "it is malformed"),
    ("http://example.org\\@127.0.0.1/", "it is malformed"),
    ("http://[::1", "it is malformed"),
    ("http://[::1]:80:80/", "it is malformed"),
    ("http://example.org/\r\nHost: x", "it holds characters that no address has"),
    ("http://example.org/\x00", "it holds characters that no address has"),
    ("http://\u202eexample.org/", "it holds characters that no address has"),
    ("http://\udc80.example.org/", "it holds characters that no address has"),
    ("http://exa mple.org/", "its host is malformed"),
    ("http://example%2eorg/", "its host is malformed"),
    ("http://[::1%25eth0]/", f"::1 is an address of this machine{MEANT}"),
    ("http://exam..ple/", "its host is malformed"),
    ("http://" + "a" * 64 + "." + "b" * 200 + "/", "its host is malformed"),
    ("http://example.org/" + "a" * 2030, "it is longer than 2048 characters"),
    ("http://127.1/", "its host is a number that is no IPv4 address"),
    ("http://2130706433/", "its host is a number that is no IPv4 address"),
    ("http://0x7f000001/", "its host is a number that is no IPv4 address"),
    ("http://0x7f.1/", "its host is a number that is no IPv4 address"),
    ("http://017700000001/", "its host is a number that is no IPv4 address"),
    ("http://0177.0.0.1/", "its host is a number that is no IPv4 address"),
    ("http://127.0.0.0x1/", "its host is a number that is no IPv4 address"),
    ("http://0/", "its host is a number that is no IPv4 address"),
    ("http://127.0.0.1./", "its host is a number that is no IPv4 address"),
    ("http://1.2.3.4.5/", "its host is a number that is no IPv4 address"),
    ("http://127.0.0.1/", f"127.0.0.1 is an address of this machine{MEANT}"),
    ("http://①②⑦.⓪.⓪.①/", f"127.0.0.1 is an address of this machine{MEANT}"),
    ("http://127。0。0。1/", f"127.0.0.1 is an address of this machine{MEANT}"),
    ("http://１２７.0.0.1/", f"127.0.0.1 is an address of this machine{MEANT}"),  # noqa: RUF001
    ("http://[::1]/", f"::1 is an address of this machine{MEANT}"),
    ("http://[::ffff:7f00:1]/", f"127.0.0.1 is an address of this machine{MEANT}"),
    ("http://[0:0:0:0:0:ffff:127.0.0.1]/", f"127.0.0.1 is an address of this machine{MEANT}"),
    ("http://[64:ff9b::7f00:1]/", f"127.0.0.1 is an address of this machine{MEANT}"),
    ("http://169.254.169.254/latest", "169.254.169.254 is an address of the local link"),
    ("http://100.64.0.1/", f"100.64.0.1 is an address of a provider's own network{MEANT}"),
]


@pytest.mark.parametrize(("text", "url"), FETCHED)
def test_an_address_of_the_web_is_fetched(text, url):
    assert str(web_url(text, OPTIONS)) == url


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_any_other_address_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=r"\w") as caught:
        web_url(text, OPTIONS)
    assert str(caught.value) == reason


@given(st.text(st.characters(codec=None)) | st.text("ht:/.[]@%\\?#0x1aZ "))
def test_whatever_is_no_address_is_refused_and_breaks_nothing(text):
    for address in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            url = web_url(address, OPTIONS)
        except ValueError:
            continue
        assert url.scheme in {"http", "https"}
        assert url.port in {80, 443}
        # what is read once means the same when it is read again
        assert web_url(str(url), OPTIONS) == url


def test_other_ports_are_opened_by_name_or_with_private_networks():
    web_url("http://example.org:8080/", WebOptions("test", allowed_ports=frozenset({8080})))
    web_url("http://192.168.0.7:3000/", WebOptions("test", allow_private_networks=True))


def test_a_host_is_named_in_one_way():
    assert host_of(web_url("http://EXAMPLE.org./", OPTIONS)) == "example.org"


def test_what_is_shown_of_an_address_is_short_and_printable():
    assert shown("file:///etc/passwd\x1b[31m") == "file:///etc/passwd[31m"
    assert shown("a" * 100) == "a" * 80 + "…"
