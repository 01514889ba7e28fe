"""A feed's answer to its document, in a worker process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.ingestion.feeds.model import FieldMap
from index.ingestion.feeds.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from index.ingestion.feeds.model import FeedDocument
    from index.ingestion.isolation import Isolation
    from index.ingestion.web.model import WebResponse


@dataclass(frozen=True, slots=True)
class FieldNames:
    """How an operator named the fields of articles in JSON, as it is stored."""

    field_map: FieldMap | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> FieldNames:
        """Understand what is stored."""
        if not stored:
            return cls()
        return cls(FieldMap(items=stored.get("items"), fields=stored.get("fields")))

    @staticmethod
    def stored(field_map: FieldMap | None) -> dict[str, Any] | None:
        """Return what is to be stored."""
        if field_map is None:
            return None
        return {"items": field_map.items, "fields": dict(field_map.fields or {})}


async def read_document(
    workers: Isolation, response: WebResponse, names: FieldNames, now: datetime
) -> FeedDocument:
    """Return what a feed, a sitemap or JSON says. Raises SourceError where it is none of them."""
    return await workers.run(
        parse,
        response.body,
        url=response.url,
        content_type=response.content_type,
        charset=response.charset,
        now=now,
        field_map=names.field_map,
    )
