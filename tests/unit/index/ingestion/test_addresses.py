import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.addresses import is_front_page, normal_host, normal_url

STORY = "https://estuary.example/2026/03/bridge-closes-again"

ALPHABET = "abcXYZ012-_.~%+&=;:@!$'()*,/?#[] é中\n\t\ud800"
ADDRESSES = st.builds(
    "{}{}/{}".format,
    st.sampled_from(["http://", "HTTPS://", "https://", "//", ""]),
    st.sampled_from(
        ["estuary.example", "Estuary.Example.:443", "a.b.co.uk:8080", "[::1]", "bücher.de"]
    ),
    st.text(ALPHABET, max_size=40),
)

SAME = """
http://estuary.example/2026/03/bridge-closes-again
HTTPS://WWW.Estuary.Example:443/2026/03/bridge-closes-again/
https://estuary.example./2026/03/bridge-closes-again?utm_source=rss&utm_medium=feed&fbclid=x1
https://estuary.example/2026/03/bridge-closes-again?ref=rss&CMP=share_btn_url
https://estuary.example/2026/03/bridge-closes-again#comments
https://estuary.example/2026/03/bridge-closes-again#0
https://estuary.example/2026/03/bridge-closes-again#xtor=RSS-3208
https://estuary.example/2026/03/bridge-closes-again#:~:text=a%20crack
https://estuary.example/2026/03/bridge%2Dcloses%2dagain
https://estuary.example/2026/03/bridge-closes-again/index.html
https://estuary.example/2026/03/bridge-closes-again/amp/
https://estuary.example/2026/03/bridge-closes-again?amp
https://estuary.example/2026/03/bridge-closes-again?outputType=amp
https://estuary.example/2026/03/bridge-closes-again.amp.html
https://estuary.example/amp/2026/03/bridge-closes-again
https://amp.estuary.example/2026/03/bridge-closes-again
https://m.estuary.example/2026/03/bridge-closes-again
https://mobile.estuary.example/2026/03/bridge-closes-again
https://www.google.com/amp/s/estuary.example/2026/03/bridge-closes-again
https://estuary-example.cdn.ampproject.org/c/s/estuary.example/2026/03/bridge-closes-again
"""


@pytest.mark.parametrize("address", SAME.split())
def test_spellings_of_one_address_are_one(address):
    assert normal_url(address) == STORY


@pytest.mark.parametrize(
    "pair",
    [
        "https://a.example/story?id=1 https://a.example/story?id=2",
        "https://a.example/story?cid=1 https://a.example/story?cid=0",
        "https://a.example/story?ref=12345 https://a.example/story?ref=12346",
        "https://a.example/story?page=2 https://a.example/story",
        "https://a.example/changes#v1.2 https://a.example/changes#v1.3",
        "https://a.example/app#!/story/1 https://a.example/app#!/story/2",
        "https://a.example/Story https://a.example/story",
        "https://a.example/amp https://a.example/",
        "https://a.example/topics/amp https://a.example/topics",
        "https://a.example/amp/news https://a.example/news",
        "https://a.example:8080/story-1 https://a.example/story-1",
        "https://m.co.uk/story-1 https://amp.co.uk/story-1",
        "https://mobile.substack.com/p/story-1 https://m.substack.com/p/story-1",
        "https://news.a.example/story-1 https://sport.a.example/story-1",
        "https://a.example/a%3Fb https://a.example/a?b",
        "https://a.example/story.html https://a.example/story",
    ],
)
def test_what_may_be_two_stories_stays_two(pair):
    one, other = pair.split()
    assert normal_url(one) != normal_url(other)


def test_the_order_of_parameters_does_not_matter():
    one, other = "https://a.example/s?b=2&a=1&a=0", "https://a.example/s?a=0&b=2&a=1&utm_x=y"
    assert normal_url(one) == normal_url(other) == "https://a.example/s?a=0&a=1&b=2"


@pytest.mark.parametrize(
    "text", ["", " tag:a.example,2026:1 ", "ftp://a/b", "http://[", "x" * 5000]
)
def test_what_is_no_web_address_stays(text):
    assert normal_url(text) == text.strip()


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("https://estuary。example。/a", "https://estuary.example/a"),
        ("https://estuary.example/a#%6dain", "https://estuary.example/a"),
        ("https://estuary.example/a#x%3Dy", "https://estuary.example/a"),
        ("https://estuary.example /a", "https://estuary.example /a"),
    ],
)
def test_odd_spellings_have_their_normal_form_at_once(address, normal):
    assert normal_url(address) == normal
    assert normal_url(normal) == normal


@given(ADDRESSES)
def test_a_normal_address_is_its_own(address):
    normal = normal_url(address)
    assert normal_url(normal) == normal


@given(st.text())
def test_any_text_has_a_normal_form(text):
    assert isinstance(normal_url(text), str)
    assert isinstance(normal_host(text), str)


@given(ADDRESSES, st.sampled_from(["utm_source=x", "fbclid=1", "CMP=a", "ref=rss"]))
def test_a_tracker_changes_nothing(address, tracker):
    plain = address.partition("#")[0].strip()
    if normal_url(plain).startswith("https://"):
        joined = f"{plain}{'&' if '?' in plain else '?'}{tracker}"
        assert normal_url(joined) == normal_url(plain)


@given(ADDRESSES, st.integers(0, 999), st.integers(0, 999))
def test_a_number_that_differs_tells_addresses_apart(address, one, other):
    plain = address.partition("#")[0].strip()
    if normal_url(plain).startswith("https://"):
        joiner = "&" if "?" in plain else "?"
        first, second = (normal_url(f"{plain}{joiner}story={n}") for n in (one, other))
        assert (first == second) == (one == other)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Estuary.example:8080/a", "estuary.example"),
        ("estuary.example", "estuary.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("", ""),
        ("https://[", ""),
    ],
)
def test_a_host_has_one_spelling_too(address, host):
    assert normal_host(address) == host


def test_a_front_page_is_told():
    assert is_front_page(normal_url("https://www.estuary.example/index.html?utm_source=rss#top"))
    assert not is_front_page(normal_url(STORY))
    assert not is_front_page(normal_url("https://estuary.example/?p=12"))
