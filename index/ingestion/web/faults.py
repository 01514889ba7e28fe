"""Why no answer came, as reasons that a person can act on. Opens nothing.

The exceptions of the HTTP client, of TLS and of the operating system, each in a sentence; what is
in none of the tables is told by its name.
"""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING

import aiohttp

from index.ingestion.web.guard import ForbiddenAddressError
from index.ingestion.web.model import FetchError

if TYPE_CHECKING:
    from index.ingestion.web.options import WebOptions

# what can go wrong with a request; anything else is a mistake of ours, and told as such
FAULTS = (aiohttp.ClientError, OSError, ValueError)

_REASONS = {
    errno.ECONNREFUSED: "its server takes no connections",
    errno.ECONNRESET: "its server broke the connection off",
    errno.ECONNABORTED: "its server broke the connection off",
    errno.EPIPE: "its server broke the connection off",
    errno.ETIMEDOUT: "its server does not answer",
    errno.EHOSTUNREACH: "its server cannot be reached",
    errno.ENETUNREACH: "its server cannot be reached from here; check this machine's network",
    errno.EADDRNOTAVAIL: "its server cannot be reached from here; check this machine's network",
    errno.EACCES: "this machine does not allow the connection; check its firewall",
    errno.EPERM: "this machine does not allow the connection; check its firewall",
    errno.EMFILE: "too many files are open here; close some and try again",
    errno.ENFILE: "too many files are open here; close some and try again",
}
# what no server has anything to do with
_OURS = {
    errno.ENETUNREACH,
    errno.EADDRNOTAVAIL,
    errno.EACCES,
    errno.EPERM,
    errno.EMFILE,
    errno.ENFILE,
}
_UNKNOWN_NAMES = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_TOO_LONG = ("Got more than", "Too many headers", "Too many trailers")


def fetch_error(error: BaseException, host: str, options: WebOptions) -> FetchError:
    """Say why a request to a host failed."""
    cause = _cause(error)
    if isinstance(cause, ForbiddenAddressError):
        reason = f"{host} leads elsewhere: {cause.reason}"
        return FetchError(reason, is_passing=False)
    if isinstance(error, aiohttp.ClientResponseError):
        return _not_http(error)
    if isinstance(error, aiohttp.InvalidURL | ValueError) and not isinstance(cause, OSError):
        return FetchError("it is malformed", is_passing=False)
    reason = _of_tls(cause, host) or _of_time(error, options) or _of_connection(error, cause, host)
    return FetchError(reason, is_passing=True, is_ours=_is_ours(cause))


def may_connect_at_once(error: BaseException) -> bool:
    """Whether no connection came about, and may come about now.

    Of a connection that broke off, aiohttp has tried a second time by itself.
    """
    if isinstance(error, aiohttp.ClientConnectorError):
        return not isinstance(_cause(error), ForbiddenAddressError | socket.gaierror | ssl.SSLError)
    return False


def _cause(error: BaseException) -> BaseException:
    """Give the error beneath that of the HTTP client."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return error.certificate_error
    return error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error


def _is_ours(cause: BaseException) -> bool:
    if isinstance(cause, socket.gaierror):
        return cause.errno not in _UNKNOWN_NAMES
    return isinstance(cause, OSError) and cause.errno in _OURS


def _not_http(error: aiohttp.ClientResponseError) -> FetchError:
    if error.message.startswith(_TOO_LONG):
        return FetchError("its answer has too many or too long headers", is_passing=False)
    return FetchError("its answer is no HTTP", is_passing=True)


def _of_tls(cause: BaseException, host: str) -> str | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate does not hold for {host}: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError | ssl.CertificateError):
        return "its server speaks no TLS that is understood here"
    return None


def _of_time(error: BaseException, options: WebOptions) -> str | None:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return f"its server took no connection for {options.connect_seconds:g} s"
    if isinstance(error, aiohttp.SocketTimeoutError):
        return f"its server sent nothing for {options.read_seconds:g} s"
    if isinstance(error, TimeoutError):
        return f"it was not there after {options.total_seconds:g} s"
    return None


def _of_connection(error: BaseException, cause: BaseException, host: str) -> str:
    if isinstance(cause, socket.gaierror):
        if cause.errno in _UNKNOWN_NAMES:
            return f"there is no host of the name {host}"
        return f"the name {host} could not be looked up; check this machine's network"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "its server closed the connection without an answer"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "its answer ended before it was whole, or is no HTTP"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"there is no host of the name {host}"
    number = cause.errno if isinstance(cause, OSError) else None
    return _REASONS.get(number or 0, f"it could not be fetched ({type(cause).__name__})")
