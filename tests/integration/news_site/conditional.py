"""Validators and conditional requests, as RFC 9110 has them. Pure."""

from __future__ import annotations

import hashlib
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Validators(StrEnum):
    """What an outlet sends along, to be asked with later."""

    BOTH = "both"
    ETAG = "etag"
    LAST_MODIFIED = "last-modified"
    NEITHER = "neither"


def validators_of(body: bytes, changed_at: datetime, kind: Validators) -> dict[str, str]:
    """Return the headers. The tag is a weak one, as of servers that compress."""
    headers = {}
    if kind in {Validators.BOTH, Validators.ETAG}:
        headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    if kind in {Validators.BOTH, Validators.LAST_MODIFIED}:
        headers["Last-Modified"] = format_datetime(changed_at, usegmt=True)
    return headers


def is_unchanged(asked: Mapping[str, str], validators: Mapping[str, str]) -> bool:
    """Say whether whoever asks has it already: a tag is all that counts where one is sent."""
    known = asked.get("if-none-match")
    if known is not None:
        tag = validators.get("ETag", "").removeprefix("W/")
        return bool(tag) and tag in {each.strip().removeprefix("W/") for each in known.split(",")}
    since, changed = asked.get("if-modified-since"), validators.get("Last-Modified")
    # sent back word for word; whoever invents a date of his own is judged by its time
    if since is None or changed is None:
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except ValueError:
        return False
