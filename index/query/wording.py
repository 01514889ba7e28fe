"""How a piece of what was typed is shown again inside a sentence."""

from __future__ import annotations

_LONGEST = 40


def shown(text: str) -> str:
    """Return the text in quotes, on one line, and cut short where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"
