"""What an honest server and the client tell each other."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from index.ingestion.web.client import WebClient
from index.ingestion.web.model import FetchError
from index.ingestion.web.options import WebOptions
from tests.integration.web.conftest import CAP, NOW, get, refusal
from tests.integration.web.servers import PUBLIC, Server, answer

CERTIFICATE = Path(__file__).parent / "certificate.pem"


async def test_a_page_comes_whole_with_what_its_headers_say(web, client):
    web.public.routes["/page"] = answer(
        "<p>Bürgermeister</p>".encode(),
        "Content-Type: text/html; charset=UTF-8",
        'ETag: W/"v1"',
        "Last-Modified: Sun, 01 Mar 2026 10:00:00 GMT",
        "Cache-Control: max-age=600",
        "Retry-After: 60",
        "X-Robots-Tag: noindex",
        "X-Robots-Tag: nosnippet",
        "Set-Cookie: a=b",
    )
    response = await get(client, "http://NEWS.example/page#part")
    assert response.status == 200
    assert response.url == "http://NEWS.example/page#part"
    assert response.body.decode() == "<p>Bürgermeister</p>"
    assert (response.content_type, response.charset) == ("text/html", "UTF-8")
    assert response.etag == 'W/"v1"'
    assert response.last_modified == "Sun, 01 Mar 2026 10:00:00 GMT"
    assert response.headers["x-robots-tag"] == "noindex, nosnippet"
    assert "set-cookie" not in response.headers
    assert response.received_at == NOW
    assert response.fresh_until == NOW + timedelta(seconds=600)
    assert response.retry_at == NOW + timedelta(seconds=60)
    assert response.moved_to is None


async def test_the_request_says_who_asks_and_for_what(web, client):
    await get(client, "http://news.example/fine", accept="application/rss+xml")
    headers = web.public.requests[-1].headers
    assert headers["user-agent"] == "Pullquote/test"
    assert headers["accept"] == "application/rss+xml"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == "news.example"
    assert not {"cookie", "authorization", "if-none-match", "if-modified-since"} & set(headers)


async def test_validators_are_sent_word_for_word_and_not_modified_is_an_answer(web, client):
    web.public.routes["/feed"] = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
    validators = {"etag": 'W/"a, b"', "last_modified": "Thursday-ish"}
    response = await get(client, "http://news.example/feed", **validators)
    assert (response.status, response.body, response.etag) == (304, b"", "x")
    headers = web.public.requests[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('W/"a, b"', "Thursday-ish")


async def test_a_validator_that_is_no_utf8_comes_and_goes_without_harm(web, client):
    web.public.routes["/feed"] = answer(b"", 'ETag: "caf\udce9"')
    response = await get(client, "http://news.example/feed")
    assert response.etag == '"café"'
    assert (await get(client, "http://news.example/feed", etag=response.etag)).status == 200


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500, 503])
async def test_an_error_of_the_server_is_an_answer(web, client, status):
    web.public.routes["/x"] = answer(b"sorry", "Retry-After: 7", status=f"{status} Sorry")
    response = await get(client, "http://news.example/x")
    assert (response.status, response.body) == (status, b"")
    assert response.retry_at == NOW + timedelta(seconds=7)


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (b"news", "X: y"),
        (gzip.compress(b"news", mtime=0), "Content-Encoding: gzip"),
        (gzip.compress(b"ne", mtime=0) + gzip.compress(b"ws", mtime=0), "content-encoding: X-GZIP"),
        (zlib.compress(b"news"), "Content-Encoding: deflate"),
        (b"news", "Content-Encoding: UTF-8"),
    ],
)
async def test_what_was_packed_is_unpacked(web, client, body, header):
    web.public.routes["/x"] = answer(body, header)
    assert (await get(client, "http://news.example/x")).body == b"news"


@pytest.mark.parametrize("header", ["X: y", "Content-Encoding: gzip"])
async def test_a_body_as_long_as_the_cap_is_whole(web, client, header):
    body = bytes(range(256)) * (CAP // 256)
    web.public.routes["/x"] = answer(gzip.compress(body) if "gzip" in header else body, header)
    response = await get(client, "http://news.example/x", max_bytes=len(body))
    assert response.body == body
    await refusal(client, "http://news.example/x", max_bytes=len(body) - 1)


async def test_security_policies_of_some_kilobytes_are_no_flood(web, client):
    web.public.routes["/x"] = answer(b"news", f"Content-Security-Policy: {'a' * 30_000}")
    assert (await get(client, "http://news.example/x")).body == b"news"


async def test_cookies_are_not_kept(web, client):
    web.public.routes["/x"] = answer(b"", "Set-Cookie: a=b", "Set-Cookie: c=d; Path=/")
    web.public.routes["/y"] = answer(b"", "Location: /fine", "Set-Cookie: e=f", status="302 Found")
    for path in ("/x", "/y", "/fine"):
        await get(client, f"http://news.example{path}")
    assert all("cookie" not in request.headers for request in web.public.requests)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((301, 308), True), ((302,), False), ((301, 307), False)],
)
async def test_redirects_are_followed_and_a_move_is_told(web, client, statuses, moved):
    for number, status in enumerate(statuses):
        target = "/fine" if number == len(statuses) - 1 else f"/{number + 1}"
        web.public.routes[f"/{number}"] = answer(
            b"go on", f"Location: {target}", status=f"{status} Go"
        )
    response = await get(client, "http://news.example/0", etag='"x"')
    assert response.body == b"fine"
    assert response.url == "http://news.example/fine"
    assert response.moved_to == ("http://news.example/fine" if moved else None)
    assert {request.headers["if-none-match"] for request in web.public.requests} == {'"x"'}


async def test_a_broken_connection_is_tried_once_more(web, client):
    async def break_once(_request, writer) -> None:
        if web.public.paths().count("/x") > 1:
            writer.write(answer(b"news"))

    web.public.routes["/x"] = break_once
    assert (await get(client, "http://news.example/x")).body == b"news"


async def test_a_connection_that_is_not_taken_is_tried_once_more(web, client):
    closed = await Server(PUBLIC).start()
    await closed.stop()
    web.names.lead("busy.example", closed.place, web.public.place)
    assert (await get(client, "http://busy.example/fine")).body == b"fine"
    web.names.lead("gone.example", closed.place, closed.place, web.public.place)
    error = await refusal(client, "http://gone.example/fine")
    assert str(error) == "its server takes no connections"


async def test_a_server_that_keeps_breaking_off_is_asked_twice_and_no_more(web, client):
    async def break_off(_request, writer) -> None:
        writer.transport.abort()

    web.public.routes["/x"] = break_off
    error = await refusal(client, "http://news.example/x")
    assert error.is_passing
    assert web.public.paths().count("/x") == 2


async def test_an_answer_that_was_cut_is_not_asked_for_again_at_once(web, client):
    async def cut(_request, writer) -> None:
        writer.write(answer(b"news", length=100))

    web.public.routes["/x"] = cut
    await refusal(client, "http://news.example/x")
    assert web.public.paths().count("/x") == 1


async def test_what_is_wrong_with_a_connection_is_told(web, client):
    closed = await Server(PUBLIC).start()
    await closed.stop()
    web.names.lead("closed.example", closed.place)
    error = await refusal(client, "http://closed.example/")
    assert str(error) == "its server takes no connections"
    assert error.is_passing
    error = await refusal(client, "http://nowhere.example/")
    assert str(error) == "there is no host of the name nowhere.example"
    assert error.is_passing


async def test_robots_txt_is_asked_once_and_obeyed_where_that_is_wanted(web, client):
    web.public.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /closed\n")
    web.public.routes["/closed"] = answer(b"closed")
    web.public.routes["/go"] = answer(b"", "Location: /closed", status="302 Found")
    url = "http://news.example"
    error = await refusal(client, f"{url}/closed", obeys_robots=True)
    assert str(error) == "its robots.txt does not let Pullquote read this address"
    assert not error.is_passing
    error = await refusal(client, f"{url}/go", obeys_robots=True)
    assert str(error).startswith("it redirects to news.example: its robots.txt does not let")
    assert (await get(client, f"{url}/fine", obeys_robots=True)).body == b"fine"
    assert (await get(client, f"{url}/closed")).body == b"closed"
    assert web.public.paths().count("/robots.txt") == 1


async def test_a_site_whose_robots_txt_fails_is_left_alone_for_now(web, client):
    web.public.routes["/robots.txt"] = answer(status="503 Unavailable")
    error = await refusal(client, "http://news.example/fine", obeys_robots=True)
    assert "its robots.txt could not be read" in str(error)
    assert error.is_passing
    assert web.public.paths() == ["/robots.txt", "/fine"]


async def test_robots_txt_may_be_somewhere_else(web, client):
    web.public.routes["/robots.txt"] = answer(b"", "Location: /r", status="301 Moved")
    web.public.routes["/r"] = answer(
        gzip.compress(b"User-agent: *\nDisallow: /"), "Content-Encoding: gzip"
    )
    await refusal(client, "http://news.example/fine", obeys_robots=True)


async def test_one_host_is_not_asked_by_more_than_a_few_at_once(web):
    under_way, most = 0, 0

    async def count(_request, writer) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        writer.write(answer(b"news"))

    web.public.routes["/x"] = count
    web.names.lead("other.example", web.public.place)
    async with web.client(host_request_count=2, request_count=3) as client:
        urls = ["http://news.example/x"] * 6
        await asyncio.gather(*(get(client, url) for url in urls))
        assert most == 2
        urls += ["http://other.example/x"] * 6
        await asyncio.gather(*(get(client, url) for url in urls))
        assert most == 3


async def test_requests_to_one_host_start_apart(web):
    loop, starts = asyncio.get_running_loop(), []

    async def note(_request, writer) -> None:
        starts.append(loop.time())
        writer.write(answer(b"news"))

    web.public.routes["/x"] = note
    web.public.routes["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 0.2")
    async with web.client(host_spacing_seconds=0.05) as client:
        url = "http://news.example/x"
        await asyncio.gather(*(get(client, url, obeys_robots=True) for _ in range(3)))
    # a start is noted a little after its turn
    assert starts[2] - starts[0] > 0.3


async def test_whoever_gives_up_frees_their_place(web):
    asked = asyncio.Event()

    async def wait(_request, _writer) -> None:
        asked.set()
        await asyncio.sleep(60)

    web.public.routes["/x"] = wait
    async with web.client(host_request_count=1, request_count=1) as client:
        asking = asyncio.create_task(get(client, "http://news.example/x"))
        await asked.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (await get(client, "http://news.example/fine")).body == b"fine"


async def test_a_client_that_is_not_open_says_so(web):
    client = web.client()
    with pytest.raises(RuntimeError, match="async with"):
        await get(client, "http://news.example/fine")


@pytest.fixture
async def secure_server(web):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    server = await Server(PUBLIC).start(context)
    web.names.lead("news.example", server.place)
    web.names.lead("other.example", server.place)
    yield server
    await server.stop()


async def test_a_certificate_is_checked_for_its_signer_and_its_name(web, secure_server):
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    options = web.client()._options  # noqa: SLF001 (the same, with other certificates)
    assert isinstance(options, WebOptions)
    async with WebClient(
        options, clock=lambda: NOW, resolver=web.names, ssl_context=trusting
    ) as client:
        assert (await get(client, "https://news.example/fine")).body == b"fine"
        with pytest.raises(FetchError, match=r"its certificate does not hold for other\.example"):
            await get(client, "https://other.example/fine")
    async with web.client() as client:
        with pytest.raises(FetchError, match="self-signed certificate"):
            await get(client, "https://news.example/fine")
    assert len(secure_server.requests) == 1


async def test_a_server_that_speaks_no_tls_is_told_as_such(web, client):
    async def speak_first(_reader, writer) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speak_first, PUBLIC, 0)
    async with server:
        web.names.lead("mail.example", server.sockets[0].getsockname()[:2])
        error = await refusal(client, "https://mail.example/fine")
    assert str(error) == "its server speaks no TLS that is understood here"
    assert error.is_passing
