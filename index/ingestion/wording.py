"""File names and values put into one line that is safe to print, log and store.

Knows nothing of articles; only how characters are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# `surrogateescape` (PEP 383) keeps an undecodable byte 0x80..0xff of a file name as U+DC80..U+DCFF.
_FIRST_ESCAPED_BYTE = 0xDC80
_LAST_ESCAPED_BYTE = 0xDCFF
_BYTE_OFFSET = 0xDC00
_LAST_SHORT_CODE_POINT = 0xFFFF


def shown_path(path: Path) -> str:
    r"""Write the path on one line: `\xff` for a bad byte, `\u000a` for what cannot be printed.

    Two different paths are never shown alike, and an ordinary one is shown as it is.
    """
    return one_line(path.as_posix())


def one_line(text: str) -> str:
    """Escape every character that cannot be printed, and every backslash."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(_escaped(character) for character in text)


def quoted(value: object, max_characters: int = 40) -> str:
    """Put a value in quotation marks, short and on one line, for a message."""
    text = value if isinstance(value, str) else repr(value)
    cut = text[:max_characters]
    return f'"{one_line(cut)}{"…" if len(cut) < len(text) else ""}"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return "\\\\"
    if character.isprintable():
        return character
    if _FIRST_ESCAPED_BYTE <= code <= _LAST_ESCAPED_BYTE:
        return f"\\x{code - _BYTE_OFFSET:02x}"
    return f"\\u{code:04x}" if code <= _LAST_SHORT_CODE_POINT else f"\\U{code:08x}"
