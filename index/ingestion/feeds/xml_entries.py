"""One entry of RSS, RDF or Atom as feedparser read it, understood as an Entry. Fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.ingestion.feeds.addresses import absolute
from index.ingestion.feeds.collecting import first
from index.ingestion.feeds.endings import Ended, ended
from index.ingestion.feeds.fragments import line_of, plain, prose_of
from index.ingestion.feeds.model import Entry
from index.ingestion.feeds.times import entry_time
from index.ingestion.titles import MAX_TITLE_CHARACTERS, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from index.model import PublicationTime

_MAX_GUID_CHARACTERS = 2000
_MAX_AUTHORS = 20
_PLAIN = "text/plain"


@dataclass(frozen=True, slots=True)
class XmlEntries:
    """What the entries of one feed have in common: its address, title, kind, and the time now."""

    url: str
    title: str | None
    is_atom: bool
    now: datetime

    def entry(self, item: Mapping[str, Any], *, is_last: bool = False) -> Entry:
        """Make an entry of what was read; `is_last` of a document that breaks off in it."""
        title = shortened(_title(item), MAX_TITLE_CHARACTERS)
        told = _text(item)
        text = "" if told.text == title else told.text
        return Entry(
            guid=_guid(item),
            url=self._address(item),
            title=title,
            text=text,
            is_cut=bool(text) and (told.is_cut or is_last),
            published=self._published(item),
            updated=self._time(item, "updated") if self._has_both(item) else None,
            author=_author(item),
            publisher=self._publisher(item),
            category=_category(item),
        )

    def _address(self, item: Mapping[str, Any]) -> str | None:
        """Give the story's own address; what counts clicks stands where readers are to go."""
        links = [
            link.get("href")
            for link in item.get("links", ())
            if link.get("rel") == "alternate" and "html" in link.get("type", "html")
        ]
        link = item.get("link")
        # feedparser's one link may be that of a file which goes with the story
        told = (link, *links) if link in links else (*links, link)
        given = (item.get("feedburner_origlink"), *told, _permalink(item))
        return first(absolute(address, self.url) for address in given)

    def _published(self, item: Mapping[str, Any]) -> PublicationTime | None:
        names = ("published", "created", "updated")
        return next(filter(None, (self._time(item, name) for name in names)), None)

    def _has_both(self, item: Mapping[str, Any]) -> bool:
        # In RSS, dc:date is the one date that there is, and called "updated" by feedparser.
        return self.is_atom or "published" in item

    def _time(self, item: Mapping[str, Any], name: str) -> PublicationTime | None:
        if name not in item:
            return None
        return entry_time(item[name], now=self.now, parsed=item.get(f"{name}_parsed"))

    def _publisher(self, item: Mapping[str, Any]) -> str | None:
        source = item.get("source")
        named = source.get("title") if isinstance(source, Mapping) else source
        found = first(map(_name, (named, item.get("publisher"))))
        is_own = found and found.casefold() == (self.title or "").casefold()
        return None if is_own else found


def _title(item: Mapping[str, Any]) -> str:
    detail = item.get("title_detail") or {}
    kind = detail.get("type", _PLAIN)
    return line_of(item.get("title"), is_markup=kind.endswith(("html", "xhtml+xml")))


def _text(item: Mapping[str, Any]) -> Ended:
    """Give the story's text; where the summary says more, the summary's."""
    contents = [ended_of(value, is_markup=is_markup) for value, is_markup in _contents(item)]
    detail = item.get("summary_detail") or {}
    summary = ended_of(item.get("summary"), is_markup=detail.get("type", _PLAIN) != _PLAIN)
    return max([*contents, summary], key=lambda each: len(each.text))


def _contents(item: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for content in item.get("content", ()):
        kind = content.get("type") or _PLAIN
        if kind.startswith("text/") or kind.endswith(("xml", "html")):
            yield content.get("value") or "", kind != _PLAIN


def ended_of(value: object, *, is_markup: bool) -> Ended:
    """Read a text and its ending; nothing where it is none."""
    if not isinstance(value, str):
        return Ended("", is_cut=False)
    return ended(prose_of(value, is_markup=is_markup))


def _guid(item: Mapping[str, Any]) -> str | None:
    value = item.get("id")
    guid = plain(value).strip() if isinstance(value, str) else ""
    return guid if 0 < len(guid) <= _MAX_GUID_CHARACTERS else None


def _permalink(item: Mapping[str, Any]) -> str | None:
    guid = _guid(item)
    return guid if guid and guid.lower().startswith(("http://", "https://")) else None


def _author(item: Mapping[str, Any]) -> str | None:
    names = [_name(each.get("name")) for each in item.get("authors", ())[:_MAX_AUTHORS]]
    told = ", ".join(dict.fromkeys(filter(None, names))) or _name(item.get("author"))
    return shortened(told, MAX_TITLE_CHARACTERS) if told and "@" not in told else None


def _category(item: Mapping[str, Any]) -> str | None:
    tags = item.get("tags", ())
    return first(_name(tag.get("label")) or _name(tag.get("term")) for tag in tags)


def _name(value: object) -> str | None:
    name = shortened(line_of(value), MAX_TITLE_CHARACTERS)
    return None if "://" in name else name or None
