"""What was measured, told as a person would: its description with the number in it.

Knows how descriptions begin, not what they are of: "of …" and "more …" is a share, "how …" and
"logarithm …" an amount, anything else a statement that is true, is not, or is so by half.
"""

from __future__ import annotations

import re

_SHARES = ("of ", "more ")
_AMOUNTS = ("how ", "log")
_VERB = re.compile(
    r"\b(?P<verb>is|has|(?P<stem>hold|open|end|ask|lean|list|quote|tell|lack|name)s)\b"
)


def phrase(description: str, value: float) -> str:
    """Return a whole phrase."""
    if description.startswith(_SHARES):
        return f"{100 * value:.0f} % {description}"
    if description.startswith(_AMOUNTS):
        # a difference that is none may be one of minus nothing
        return f"{description}: {value + 0.0:.2f}"
    if value == 0:
        return _VERB.sub(_denied, description, count=1)
    return description if value == 1 else f"{description} ({value:.2f})"


def _denied(verb: re.Match[str]) -> str:
    if verb["verb"] == "is":
        return "is not"
    return f"does not {verb['stem'] or 'have'}"
