"""Where a request has been led so far, and where it may go on to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.ingestion.web.addresses import host_of, shown, web_url
from index.ingestion.web.model import FetchError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yarl import URL

    from index.ingestion.web.options import WebOptions

_PERMANENT = {301, 308}
_REDIRECTS = {*_PERMANENT, 302, 303, 307}
_FIRST_FAILURE = 400


class Journey:
    """The addresses of one request, from the one asked for to the one that answers."""

    def __init__(self, address: str, options: WebOptions):
        """Start at an address. Raises FetchError if it may not be fetched."""
        self._options = options
        self._asked_for = address
        try:
            self.here = web_url(address, options)
        except ValueError as error:
            raise FetchError(str(error), is_passing=False) from None
        self._seen = [self.here]
        self._is_permanent = True

    @property
    def url(self) -> str:
        """The address that was reached; without a redirect, as it was asked for."""
        return str(self.here) if len(self._seen) > 1 else self._asked_for

    def moved_to(self, status: int) -> str | None:
        """Give the address to ask for from now on, if every redirect was permanent.

        None where the new address has no answer, or is less secure than the one before.
        """
        if len(self._seen) == 1 or not self._is_permanent or status >= _FIRST_FAILURE:
            return None
        is_downgrade = self._seen[0].scheme == "https" and self.here.scheme != "https"
        return None if is_downgrade else str(self.here)

    def goes_on(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether an answer is a redirect; `here` is then the next address.

        Raises FetchError if the next address may not be fetched.
        """
        location = headers.get("location", "").strip()
        if status not in _REDIRECTS or not location:
            return False
        if len(self._seen) > self._options.max_redirects:
            reason = f"it redirects more than {self._options.max_redirects} times"
            raise FetchError(reason, is_passing=False)
        following = self._following(location)
        if following in self._seen:
            raise FetchError("its redirects lead in a circle", is_passing=False)
        self._seen.append(following)
        self._is_permanent = self._is_permanent and status in _PERMANENT
        self.here = following
        return True

    def told(self, error: FetchError) -> FetchError:
        """Name where the request was led, in the reason why it failed there."""
        if len(self._seen) == 1:
            return error
        target = host_of(self.here)
        return _after_redirect(target, error, is_passing=error.is_passing, is_ours=error.is_ours)

    def _following(self, location: str) -> URL:
        try:
            target = str(self.here.join(type(self.here)(location)))
        except ValueError:
            target = location
        try:
            return web_url(target, self._options)
        except ValueError as error:
            raise _after_redirect(shown(target), error, is_passing=False) from None


def _after_redirect(
    target: str, error: Exception, *, is_passing: bool, is_ours: bool = False
) -> FetchError:
    reason = f"it redirects to {target}: {error}"
    return FetchError(reason, is_passing=is_passing, is_ours=is_ours)
