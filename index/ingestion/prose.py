"""Plain text and Markdown files: one article each. Its text stays byte for byte as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import FileRefusedError
from index.ingestion.decoding import decoded
from index.ingestion.fields import TEXT_NAMES, by_name
from index.ingestion.titles import heading, headline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from index.ingestion.limits import Limits
    from index.ingestion.records import Record


def read_text(stream: BinaryIO, _limits: Limits) -> Iterator[Record]:
    """Yield the text, and its first line as title if it looks like one. Raises FileRefusedError."""
    text = _checked(decoded(stream.read()))
    yield None, {"text": text, "title": headline(text)}


def read_markdown(stream: BinaryIO, _limits: Limits) -> Iterator[Record]:
    """Yield the fields of the front matter and the text after it. Raises FileRefusedError.

    Without a title there, a leading heading or headline is the title, and stays in the text.
    """
    from index.ingestion.front_matter import split_front_matter

    front, text = split_front_matter(decoded(stream.read()))
    _checked(text)
    fields = {name: value for name, value in by_name(front).items() if name not in TEXT_NAMES}
    fields["text"] = text
    fields["title"] = fields.get("title") or heading(text) or headline(text)
    yield None, fields


def _checked(text: str) -> str:
    if not text.strip():
        raise FileRefusedError("it has no text")
    return text
