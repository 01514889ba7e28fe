"""All that is kept of a person, as a file for them: for programs, and readable. Pure."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.people import Tables

FILE_NAME = "pullquote-data.json"
# Discord takes ten megabytes
LARGEST_FILE = 8_000_000
# beyond it, programs that know only floating point numbers lose the last digits of an id
_LARGEST_NUMBER = 2**53


def person_as_json(tables: Tables, user_id: int, kept_days: int, now: datetime) -> bytes:
    """Return all that is kept of a person at an aware time, ids as text."""
    whole: dict[str, Any] = {"user_id": user_id, "made_at": now.isoformat(), "kept_days": kept_days}
    written = json.dumps(_with_ids_as_text(whole | tables), ensure_ascii=False, indent=1)
    return written.encode()


def named_file(written: bytes, largest: int = LARGEST_FILE) -> tuple[str, bytes]:
    """Return a file's name and what is in it, packed where Discord would find it too large."""
    if len(written) <= largest:
        return FILE_NAME, written
    return f"{FILE_NAME}.gz", gzip.compress(written)


def _with_ids_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_ids_as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_ids_as_text(each) for each in value]
    return str(value) if isinstance(value, int) and value > _LARGEST_NUMBER else value
