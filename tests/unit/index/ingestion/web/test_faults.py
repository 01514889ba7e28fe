from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
from types import SimpleNamespace

import aiohttp
import pytest

from index.ingestion.web.faults import FAULTS, fetch_error, may_connect_at_once
from index.ingestion.web.guard import ForbiddenAddressError
from index.ingestion.web.options import WebOptions

OPTIONS = WebOptions("test")
KEY = SimpleNamespace(host="news.example", port=443, is_ssl=True, ssl=True)
REQUEST = SimpleNamespace(real_url="https://news.example/")


def _system(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def _connecting(error: OSError) -> aiohttp.ClientConnectorError:
    return aiohttp.ClientConnectorError(KEY, error)


def _certificate(message: str) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = message
    return error


def _answering(message: str) -> aiohttp.ClientResponseError:
    return aiohttp.ClientResponseError(REQUEST, (), status=400, message=message)


# what is raised, what is said, whether it may pass, whether it is tried again at once
FOUND = [
    (_connecting(_system(errno.ECONNREFUSED)), "its server takes no connections", True, True),
    (_connecting(_system(errno.EHOSTUNREACH)), "its server cannot be reached", True, True),
    (_connecting(_system(errno.ENETUNREACH)), "check this machine's network", True, True),
    (_connecting(_system(errno.EMFILE)), "too many files are open here", True, True),
    (_connecting(_system(errno.EACCES)), "check its firewall", True, True),
    (_connecting(OSError("Multiple exceptions: …")), "could not be fetched (OSError)", True, True),
    (aiohttp.ClientOSError(errno.ECONNRESET, "reset"), "broke the connection off", True, False),
    (aiohttp.ClientConnectionResetError("closing"), "could not be fetched", True, False),
    (aiohttp.ServerDisconnectedError(), "closed the connection without an answer", True, False),
    (ConnectionResetError(errno.ECONNRESET, "reset"), "broke the connection off", True, False),
    (
        aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(socket.EAI_NONAME, "unknown")),
        "there is no host of the name news.example",
        *(True, False),
    ),
    (
        aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(socket.EAI_AGAIN, "later")),
        "the name news.example could not be looked up; check this machine's network",
        *(True, False),
    ),
    (
        aiohttp.ClientConnectorDNSError(KEY, OSError(None, "empty")),
        "there is no host of the name news.example",
        *(True, True),
    ),
    (
        aiohttp.ClientConnectorCertificateError(KEY, _certificate("has expired")),
        "its certificate does not hold for news.example: has expired",
        *(True, False),
    ),
    (
        aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "wrong version number")),
        "its server speaks no TLS that is understood here",
        *(True, False),
    ),
    (
        _connecting(ForbiddenAddressError("10.0.0.1 is an address of a private network")),
        "news.example leads elsewhere: 10.0.0.1 is an address of a private network",
        *(False, False),
    ),
    (aiohttp.ConnectionTimeoutError("x"), "its server took no connection for 10 s", True, False),
    (aiohttp.SocketTimeoutError("x"), "its server sent nothing for 15 s", True, False),
    (TimeoutError(), "it was not there after 30 s", True, False),
    (aiohttp.ClientPayloadError("x"), "its answer ended before it was whole", True, False),
    (_answering("Bad status line 'x'"), "its answer is no HTTP", True, False),
    (_answering("Got more than 32768 bytes"), "too many or too long headers", False, False),
    (aiohttp.InvalidURL("http://"), "it is malformed", False, False),
    (aiohttp.NonHttpUrlClientError("file:"), "could not be fetched", True, False),
    (UnicodeError("label too long"), "it is malformed", False, False),
    (aiohttp.ClientError("something new"), "it could not be fetched (ClientError)", True, False),
]


@pytest.mark.parametrize(("error", "said", "is_passing", "is_tried_again"), FOUND)
def test_whatever_goes_wrong_is_told_in_a_sentence(error, said, is_passing, is_tried_again):
    assert isinstance(error, FAULTS)
    told = fetch_error(error, "news.example", OPTIONS)
    assert said in str(told)
    assert "\n" not in str(told)
    assert told.is_passing is is_passing
    assert may_connect_at_once(error) is is_tried_again


@pytest.mark.parametrize(
    ("error", "is_ours"),
    [
        (_connecting(_system(errno.ENETUNREACH)), True),
        (_connecting(_system(errno.EMFILE)), True),
        (aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(socket.EAI_AGAIN, "later")), True),
        (aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(socket.EAI_NONAME, "no")), False),
        (_connecting(_system(errno.ECONNREFUSED)), False),
        (_connecting(_system(errno.EHOSTUNREACH)), False),
        (TimeoutError(), False),
        (aiohttp.InvalidURL("http://"), False),
    ],
)
def test_it_is_known_whether_this_machine_is_in_trouble_or_its_server(error, is_ours):
    assert fetch_error(error, "news.example", OPTIONS).is_ours is is_ours


@pytest.mark.parametrize("kind", [RuntimeError, AssertionError, TypeError, asyncio.CancelledError])
def test_a_mistake_of_ours_is_no_fault_of_a_server(kind):
    assert not issubclass(kind, FAULTS)
