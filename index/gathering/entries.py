"""Entries as they wait in the store: by which key, with which digest, and as JSON. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any

from index.ingestion.addresses import normal_url
from index.ingestion.feeds.model import Entry
from index.model import PublicationTime
from index.storage.entry_store import ToldEntry

_TIMES = ("published", "updated")


def told(entry: Entry) -> ToldEntry:
    """Return an entry as it is stored until its story is."""
    waiting = dumped(entry)
    return ToldEntry(key_of(entry), _digest(waiting), waiting)


def key_of(entry: Entry) -> str:
    """Return what an entry is known by within its feed."""
    if entry.guid:
        return f"guid:{entry.guid}"
    if entry.url:
        return f"url:{normal_url(entry.url)}"
    day = entry.published.at.date().isoformat() if entry.published else ""
    return f"title:{day}:{entry.title}"


def dumped(entry: Entry) -> str:
    """Write an entry as JSON, leaving out what it does not say."""
    values = {each.name: getattr(entry, each.name) for each in fields(entry)}
    said = {name: value for name, value in values.items() if value not in (None, "", False)}
    for name in _TIMES:
        if name in said:
            said[name] = said[name].isoformat()
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def loaded(waiting: str) -> Entry:
    """Undo `dumped`."""
    said: dict[str, Any] = json.loads(waiting)
    for name in _TIMES:
        if name in said:
            said[name] = PublicationTime.fromisoformat(said[name])
    return Entry(**{"guid": None, "url": None, "title": "", **said})


def _digest(waiting: str) -> str:
    return hashlib.sha256(waiting.encode("utf-8", "surrogatepass")).hexdigest()
