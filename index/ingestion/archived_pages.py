"""The pages in an archive of the web (WARC, ISO 28500), a record at a time, as crawlers write it.

Knows records and answers of servers, and nothing of articles. At most one page is held, and of
nothing more than a few megabytes is read at once, whatever lengths a record claims.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from index.errors import FileRefusedError
from index.ingestion.limits import in_words
from index.ingestion.links import web_address
from index.ingestion.web.headers import plain_headers
from index.ingestion.web.unpacking import Unpacker, UnpackingError, unpacker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

MAX_PAGE_BYTES = 3 << 20

_MAX_HEAD_BYTES = 1 << 20
_LONGEST_RECORD_BYTES = 1 << 50
_PIECE_BYTES = 1 << 16
_ANSWER = ("HTTP/1.0", "HTTP/1.1")
_PAGES = {"text/html", "application/xhtml+xml"}
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_MISSING = (
    "reading archives of web pages takes a package of its own; "
    "install it with `pip install 'pullquote[warc]'`"
)


class PassedOver(StrEnum):
    """Why a record gives no page, in words that can be counted."""

    NO_ANSWER = "no answer of a server"
    NO_PAGE = "no page"
    OTHER_STATUS = "a status other than 200"
    NO_ADDRESS = "no address on the web"
    TOO_LARGE = f"larger than {in_words(MAX_PAGE_BYTES)}"
    BADLY_PACKED = "packed in a way that cannot be undone"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as its server gave it, unpacked; `robots_tag` is its X-Robots-Tag."""

    url: str
    body: bytes
    charset: str | None
    robots_tag: str | None


def archived_pages(stream: BinaryIO) -> Iterator[ArchivedPage | PassedOver]:
    """Yield what each record is, in the file's order.

    Raises FileRefusedError where the file is no archive (any more): what came before is sound.
    """
    try:
        from warcio.bufferedreaders import BufferedReader as LineReader
        from warcio.recordloader import ArcWarcRecordLoader
    except ImportError as error:
        raise FileRefusedError(_MISSING) from error
    logging.getLogger("warcio").setLevel(logging.ERROR)  # it warns of addresses with blanks
    head = _Head(stream)
    reader = LineReader(head)
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    while line := head.read_with(lambda: _line(reader)):
        record = head.read_with(lambda line=line: _record(loader, reader, line))
        yield _told(record, head)
        _drain(record)


class _Head:
    """Passes a stream on, and sees to it that lines of headers come to an end.

    What reads them gathers a line whole, however long it is.
    """

    def __init__(self, stream: BinaryIO):
        # what was read before an error is handed on before it
        self._stream = cast("BufferedReader", stream)
        self._left: int | None = None

    def read(self, size: int = -1) -> bytes:
        found = self._stream.read1(size)
        if self._left is not None:
            self._left -= len(found)
            if self._left < 0:
                raise FileRefusedError("it is damaged: the head of a record does not end")
        return found

    def read_with(self, reading: Any) -> Any:
        """Give what `reading` gives, which may take a mebibyte from the stream."""
        self._left = _MAX_HEAD_BYTES
        try:
            return reading()
        finally:
            self._left = None


def _line(reader: Any) -> bytes:
    """Give the next line that is not blank; none at the end."""
    while line := reader.readline():
        if line.strip():
            return bytes(line)
    return b""


def _record(loader: Any, reader: Any, line: bytes) -> Any:
    from warcio.exceptions import ArchiveLoadFailed

    try:
        record = loader.parse_record_stream(reader, line, "warc", no_record_parse=True)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise FileRefusedError(
            "it is damaged, or no WARC file: something else stands where a record should begin"
        ) from error
    # whatever reads a record counts with its length, and not with one that no file has
    if record.length is None or not 0 <= record.length <= _LONGEST_RECORD_BYTES:
        raise FileRefusedError("it is damaged: a record does not tell its length")
    return record


def _drain(record: Any) -> None:
    while record.raw_stream.read(_PIECE_BYTES):
        pass
    if record.raw_stream.limit:
        raise FileRefusedError("it is cut short: its last record is not whole; get it again")


def _told(record: Any, head: _Head) -> ArchivedPage | PassedOver:
    if record.rec_type != "response":
        return PassedOver.NO_ANSWER
    try:
        url = web_address(record.rec_headers.get_header("WARC-Target-URI") or "")
    except ValueError:
        return PassedOver.NO_ADDRESS
    headers = _headers(record, head)
    if isinstance(headers, PassedOver):
        return headers
    body = _body(record, headers)
    if isinstance(body, PassedOver):
        return body
    charset = _CHARSET.search(headers["content-type"])
    return ArchivedPage(url, body, charset[1] if charset else None, headers.get("x-robots-tag"))


def _headers(record: Any, head: _Head) -> dict[str, str] | PassedOver:
    """Give the headers of an answer that has a page."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    parser = StatusAndHeadersParser(_ANSWER)
    try:
        answer = head.read_with(lambda: parser.parse(record.raw_stream))
    except (StatusAndHeadersParserException, EOFError):
        return PassedOver.NO_ANSWER
    if answer.get_statuscode() != "200":
        return PassedOver.OTHER_STATUS
    headers = plain_headers(answer.headers)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return headers if kind in _PAGES else PassedOver.NO_PAGE


def _body(record: Any, headers: dict[str, str]) -> bytes | PassedOver:
    from warcio.bufferedreaders import ChunkedDataReader

    source = record.raw_stream
    # a chunk is read whole, so what is too large is not begun; the marks of chunks take room too
    if source.limit > 2 * MAX_PAGE_BYTES:
        return PassedOver.TOO_LARGE
    if "chunked" in headers.get("transfer-encoding", "").lower():
        source = ChunkedDataReader(source)
    body = bytearray()
    received = source.read(_PIECE_BYTES)
    try:
        unpacking = _unpacker(headers.get("content-encoding", ""), received)
        while received:
            for piece in unpacking.pieces(received):
                body += piece
                if len(body) > MAX_PAGE_BYTES:
                    return PassedOver.TOO_LARGE
            received = source.read(_PIECE_BYTES)
        unpacking.finish()
    except UnpackingError:
        return PassedOver.BADLY_PACKED
    return bytes(body)


def _unpacker(encoding: str, start: bytes) -> Unpacker:
    """Make what unpacks a page; many crawlers unpack it themselves, and keep the header."""
    return Unpacker() if start.lstrip().startswith(b"<") else unpacker(encoding)
