"""What is asked of a web server, and what it answered. Opens no connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class FetchError(SourceError):
    """An address that could not be fetched; the text is the reason, in one sentence.

    `is_passing` says that it may work later: a timeout, a server in trouble. What is refused by
    rule (an address of a private network, too large a body) does not pass. `is_ours` says that
    this machine is in trouble, and nobody else: no network, a DNS that is silent.
    """

    def __init__(self, reason: str, *, is_passing: bool, is_ours: bool = False):
        super().__init__(reason)
        self.is_passing = is_passing
        self.is_ours = is_ours


@dataclass(frozen=True, slots=True)
class WebRequest:
    """One GET. `etag` and `last_modified` are sent back word for word as they once came.

    `obeys_robots`: whether robots.txt is asked first; an address that a person named is fetched
    without, as a browser does it.
    """

    url: str
    max_bytes: int
    accept: str = "*/*"
    etag: str | None = None
    last_modified: str | None = None
    obeys_robots: bool = True


@dataclass(frozen=True, slots=True)
class WebResponse:
    """What came back, unpacked and whole; the body only of a success (2xx).

    `url` is where the last redirect led; `moved_to` is set where every redirect on the way was
    permanent (301, 308), and is what to ask for from now on. Header names are in lower case.
    `retry_at` is what Retry-After says, `fresh_until` what Cache-Control or Expires say.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    received_at: datetime
    body: bytes = field(default=b"", repr=False)
    moved_to: str | None = None
    retry_at: datetime | None = None
    fresh_until: datetime | None = None

    @property
    def etag(self) -> str | None:
        """The validator to send back, word for word."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """The other validator."""
        return self.headers.get("last-modified")

    @property
    def content_type(self) -> str:
        """The type in lower case, without its parameters; empty where there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset of the Content-Type, where it names one."""
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None
