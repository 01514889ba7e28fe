"""Lists of feeds as feed readers exchange them: OPML 2.0 (opml.org/spec2)."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from index.ingestion.feeds.encodings import as_xml, text_of
from index.ingestion.feeds.fragments import line_of
from index.ingestion.feeds.model import FeedRefusedError
from index.ingestion.links import web_address
from index.ingestion.titles import MAX_TITLE_CHARACTERS, shortened
from index.ingestion.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_FEEDS = 10_000
_MAX_DEPTH = 50
_MAX_REFUSED = 100


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in the list; its tags are the names of the folders around it."""

    url: str
    title: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class OpmlDocument:
    """The feeds of a list, each once, and why others are left out."""

    feeds: list[Outline] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_opml(raw: bytes) -> OpmlDocument:
    """Read a list, as far as it can be read. Raises FeedRefusedError where it is none."""
    document = OpmlDocument()
    folders: list[str] = []
    known: set[str] = set()
    is_opml = False
    try:
        for event, element in iterparse(
            io.BytesIO(as_xml(text_of(raw, None))), events=("start", "end")
        ):
            name = str(element.tag).rpartition("}")[2].lower()
            is_opml |= name == "opml"
            if name != "outline":
                continue
            if event == "end":
                folders.pop()
                element.clear()
            else:
                _take(element, folders, known, document)
            if len(folders) > _MAX_DEPTH or len(document.feeds) >= MAX_FEEDS:
                document.refused.append("the rest is left out: it is too deep or too long")
                break
    except DefusedXmlException as error:
        raise FeedRefusedError("it declares entities, as attacks do and OPML does not") from error
    except ParseError as error:
        if not document.feeds:
            raise FeedRefusedError("it is no OPML file: no valid XML") from error
        document.refused.append(f"the rest is left out: no valid XML ({error})")
    if not is_opml:
        raise FeedRefusedError("it is no OPML file")
    return document


def write_opml(outlines: Sequence[Outline], *, title: str) -> bytes:
    """Write a list; feeds with a tag stand in a folder of the name of their first one."""
    opml = Element("opml", version="2.0")
    SubElement(SubElement(opml, "head"), "title").text = title
    body = SubElement(opml, "body")
    folders: dict[tuple[str, ...], Element] = {(): body}
    for outline in outlines:
        parent = body
        for depth in range(1, len(outline.tags) + 1):
            path = outline.tags[:depth]
            if path not in folders:
                folders[path] = SubElement(parent, "outline", text=path[-1])
            parent = folders[path]
        name = outline.title or outline.url
        SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=outline.url)
    written: bytes = tostring(opml, encoding="utf-8", xml_declaration=True)
    return written


def _take(element: Element, folders: list[str], known: set[str], document: OpmlDocument) -> None:
    said = {str(name).lower(): value for name, value in element.attrib.items()}
    title = shortened(line_of(said.get("title")) or line_of(said.get("text")), MAX_TITLE_CHARACTERS)
    address = said.get("xmlurl", "").strip()
    if address:
        try:
            url = web_address(address)
        except ValueError as error:
            if len(document.refused) < _MAX_REFUSED:
                document.refused.append(f"the address {quoted(address)} {error}")
        else:
            if url not in known:
                known.add(url)
                tags = tuple(dict.fromkeys(each for each in folders if each))
                document.feeds.append(Outline(url, title or None, tags))
    folders.append("" if address else title)
