from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.escaping import clean, one_line, plain, quoted, safe_url

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "<t:1:R>", "</ask:1>",
                "<:smile:1>", "<a:wave:1>", "<id:customize>", "<http://a.b>", "https://a.b/c",
                "discord.gg/abc", "[label](http://a.b)", "**", "__", "~~", "||", "```", "`", "\\",
                "# ", "-# ", "> ", ">>> ", "- ", "* ", "+ ", "1. ", "12) ", "\n", "\r\n", "\u2028",
                "\u202e", "\u200b", "\u200d", "\x00", "\x1b[31m", ":", "@", "<", "<@\u200b1>", " ",
                "@\u200beveryone", "👩\u200d🚀", "\u0645\u06cc\u200c\u062e", ":smile:", "\ud800",
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
).map("".join)  # fmt: skip

MENTION = re.compile(
    r"@everyone|@here|<@[!&]?[0-9]+>|<#[0-9]+>|<t:|</\w|<a?:\w+:[0-9]+>|<id:|\w://", re.IGNORECASE
)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def unescaped(markdown: str) -> str:
    """What Discord shows: a backslash makes the punctuation after it literal."""
    return ESCAPE.sub(r"\1", markdown).replace("\u200b", "")


def live_characters(markdown: str) -> str:
    """What Discord may still take for markup, once every escaped character is out of the way."""
    return ESCAPE.sub("x", markdown)


@given(HOSTILE)
def test_a_reader_sees_what_was_written(text: str):
    assert unescaped(plain(text)) == clean(text)


@given(HOSTILE)
def test_nobody_is_mentioned_and_nothing_is_linked(text: str):
    assert MENTION.search(plain(text)) is None


@given(HOSTILE)
def test_no_markup_survives(text: str):
    live = live_characters(plain(text))
    assert not set(live) & set("*_~|`[]<\\")
    for line in live.split("\n"):
        assert not re.match(r"\s*([#>+-]|[0-9]+[.)](\s|$))", line)
    assert not re.search(r":\S", live)


@given(HOSTILE)
def test_only_what_nobody_sees_is_dropped(text: str):
    kept = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    cleaned = clean(text)
    for character in cleaned:
        assert unicodedata.category(character) != "Cc" or character in "\t\n"
    # the rest is there, in order
    position = 0
    for character in kept:
        if position < len(cleaned) and cleaned[position] == character:
            position += 1
        else:
            assert unicodedata.category(character) in {"Cc", "Cf", "Cs", "Mn", "Cn"}, character
    assert position == len(cleaned)


@given(HOSTILE)
def test_every_line_of_a_quote_is_quoted(text: str):
    lines = quoted(text).split("\n")
    assert all(line.startswith("> ") for line in lines)
    assert "\n".join(line.removeprefix("> ") for line in lines) == plain(text)


@given(HOSTILE)
def test_a_name_stays_on_one_line(text: str):
    assert "\n" not in one_line(text)
    assert unescaped(one_line(text)) == " ".join(clean(text).split())


def test_fillers_and_stray_tags_are_dropped_and_flags_of_regions_stay():
    assert clean("a\u00adb\u3164c\u2800d\u034fe") == "abcde"
    assert clean("a\U000e0041\U000e007fb") == "ab"
    wales = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert clean(wales) == wales


def test_joiners_stay_where_letters_need_them():
    assert clean("👩\u200d🚀 \u0645\u06cc\u200c\u062e") == "👩\u200d🚀 \u0645\u06cc\u200c\u062e"
    assert clean("ever\u200dyone") == "everyone"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/a",
        "http://example.com:8080/a?b=c&d=e#:~:text=one,two",
        "https://example.com/already%20encoded",
        "https://[::1]:9/x",
        "https://example.com",
    ],
)
def test_an_ordinary_address_stays_as_it_is(address: str):
    assert safe_url(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.com",
        "example.com/a",
        "https://",
        "https:///path",
        "https://bbc.co.uk@evil.example/",
        "https://example.com:port/",
        "https://[::1",
        "https://exa mple.com/",
        "https://" + "ü" * 70 + ".com",
        "",
    ],
)
def test_anything_else_is_no_address(address: str):
    assert safe_url(address) is None


@given(st.text(), HOSTILE)
def test_an_address_cannot_end_its_link(path: str, hostile: str):
    url = safe_url(f"https://example.com/{path}{hostile}")
    assert url is not None
    assert re.fullmatch(r"[!-~]+", url)
    assert not set(url) & set("()<>[]\\\"'`| ")
    assert MENTION.search(url.removeprefix("https://").replace("://", "")) is None
    wanted = clean(f"https://example.com/{path}{hostile}").strip()
    if "%" not in wanted:
        # urlsplit drops tab and line feed, as browsers do
        assert unquote(urlsplit(url).path) == urlsplit(wanted).path


def test_a_foreign_host_is_written_in_ascii():
    assert safe_url("https://münchen.example/straße") == (
        "https://xn--mnchen-3ya.example/stra%C3%9Fe"
    )
