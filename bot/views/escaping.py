"""Text that others wrote, made safe to show: it neither pings, nor links, nor formats.

Discord takes a backslash before any ASCII punctuation as "this character, literally", so a
reader sees exactly what was written. Two things a backslash does not stop, because they are looked
for in the raw message: mentions, which get a zero-width space after their "@", and addresses that
turn into previews, which are broken up by a backslash of their own. Knows nothing of news.
"""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit, urlunsplit

_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1, without tab and line breaks
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reading direction
    "\u00ad\u034f\u115f\u1160\u2800\u3164\uffa0"  # soft hyphens, fillers, blank letters
    "\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # zero width
    "\ud800-\udfff"  # halves of a character, which no JSON reader takes
    "]"
)
# the two joiners are letters' business in Persian, Hindi and emoji; after ASCII they only hide
_STRAY_JOINER = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+")

# tags spell the flag of a region after a black flag; anywhere else they only hide
_STRAY_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")

_PING = re.compile(r"@(?=(?i:everyone|here)|[!&]?[0-9])")
_MARKUP = re.compile(
    r"""
    [\\*_~|`\[\]<]                          # emphasis, code, spoilers, links, anything in <>
    | :(?=\S)                               # :emoji: and https://
    | (?<=<)[@\#/]                          # <@user> <#channel> </command:1>
    | (?<=\.gg)/ | (?<=/invite)/            # invitations are looked for without their https://
    | (?<=[0-9])[.)](?=\s|$)                # 1. numbered lists
    """,
    re.VERBOSE,
)
_LINE_MARKUP = re.compile(r"^([^\S\n]*)([#>+-])", re.MULTILINE)

_PRINTED_AS_IS = "-._~!$&*+,;=:@%/?"


def clean(text: str) -> str:
    r"""Drop what nobody can see and make every line break a `\n`; all else stays as it is."""
    text = _UNSEEN.sub("", _LINE_BREAK.sub("\n", text))
    return _STRAY_JOINER.sub("", _STRAY_TAGS.sub("", text))


def plain(text: str) -> str:
    """Return Discord markdown that shows `clean(text)` and does nothing else."""
    text = _MARKUP.sub(r"\\\g<0>", clean(text))
    text = _LINE_MARKUP.sub(r"\1\\\2", text)
    return _PING.sub("@\u200b", text)


def one_line(text: str) -> str:
    """`plain`, with every run of white space made one space: for titles and names."""
    return plain(" ".join(clean(text).split()))


def quoted(text: str) -> str:
    """`plain` as a block quote."""
    return "\n".join(f"> {line}" for line in plain(text).split("\n"))


def safe_url(address: str) -> str | None:
    """Return the web address in a form that cannot end a masked link early.

    None for anything but http(s), for an address without a host, and for one with a user name in
    it, which is how `https://bbc.co.uk@evil.example` looks like a publisher's.
    """
    try:
        parts = urlsplit(clean(address).strip())
        host = _host(parts.hostname or "", parts.port)
    except ValueError:  # a port that is no number, a broken IPv6 address, a host that is no name
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    rest = (_percent_encoded(part) for part in parts[2:])
    return urlunsplit((parts.scheme, host, *rest))


def _host(name: str, port: int | None) -> str:
    ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9a-f:.]+", ascii_name):
        return ""
    bracketed = f"[{ascii_name}]" if ":" in ascii_name else ascii_name
    return bracketed if port is None else f"{bracketed}:{port}"


def _percent_encoded(part: str) -> str:
    encoded = percent_encode(part, safe=_PRINTED_AS_IS)
    return _PING.sub("%40", encoded)
