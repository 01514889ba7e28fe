"""Whatever leads a client to where it must not go: spellings, names, redirects, the environment."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from index.ingestion.web.model import FetchError
from tests.integration.web.conftest import get, refusal
from tests.integration.web.servers import INSIDE, PUBLIC, answer

# `PORT` is that of a server that answers on 127.0.0.1
SPELLINGS = [
    ("http://127.0.0.1:PORT/secret", "127.0.0.1 is an address of this machine"),
    ("http://127.1:PORT/secret", "its host is a number"),
    ("http://127.0.1:PORT/secret", "its host is a number"),
    ("http://2130706433:PORT/secret", "its host is a number"),
    ("http://0x7f000001:PORT/secret", "its host is a number"),
    ("http://0x7f.1:PORT/secret", "its host is a number"),
    ("http://0x7F.0.0.1:PORT/secret", "its host is a number"),
    ("http://0177.0.0.1:PORT/secret", "its host is a number"),
    ("http://017700000001:PORT/secret", "its host is a number"),
    ("http://127.0.0.1.:PORT/secret", "its host is a number"),
    ("http://0:PORT/secret", "its host is a number"),
    ("http://0.0.0.0:PORT/secret", "0.0.0.0 is an address of no machine"),
    ("http://127.8.9.10:PORT/secret", "127.8.9.10 is an address of this machine"),
    ("http://[::1]:PORT/secret", "::1 is an address of this machine"),
    ("http://[::]:PORT/secret", ":: is an address of no machine"),
    ("http://[::ffff:127.0.0.1]:PORT/secret", "127.0.0.1 is an address of this machine"),
    ("http://[::ffff:7f00:1]:PORT/secret", "127.0.0.1 is an address of this machine"),
    ("http://[::127.0.0.1]:PORT/secret", "is an address of nobody yet"),
    ("http://[64:ff9b::7f00:1]:PORT/secret", "127.0.0.1 is an address of this machine"),
    ("http://[64:ff9b:1::7f00:1]:PORT/secret", "is an address of nobody yet"),
    ("http://[2002:7f00:1::]:PORT/secret", "is an address of a tunnel"),
    ("http://[2001:0:7f00:1::]:PORT/secret", "is an address of a tunnel"),
    ("http://[fe80::1%25lo]:PORT/secret", "fe80::1 is an address of the local link"),
    ("http://①②⑦.⓪.⓪.①:PORT/secret", "127.0.0.1 is an address of this machine"),
    ("http://１２７。０。０。１:PORT/secret", "127.0.0.1 is an address of this machine"),  # noqa: RUF001
    ("http://%31%32%37.0.0.1:PORT/secret", "its host is malformed"),
    ("http://news.example@127.0.0.1:PORT/secret", "it holds a user name or password"),
    ("http://news.example:word@127.0.0.1:PORT/secret", "it holds a user name or password"),
    ("http://news.example\\@127.0.0.1:PORT/secret", "it is malformed"),
    ("http://127.0.0.1:PORT\\@news.example/secret", "it is malformed"),
    ("http://10.0.0.1/", "10.0.0.1 is an address of a private network"),
    ("http://172.16.0.1/", "172.16.0.1 is an address of a private network"),
    ("http://192.168.0.1/", "192.168.0.1 is an address of a private network"),
    ("http://[fd00:ec2::254]/latest", "is an address of a cloud's own services"),
    ("http://169.254.169.254/latest/meta-data", "is an address of the local link"),
    ("http://[::ffff:a9fe:a9fe]/latest/meta-data", "is an address of the local link"),
    ("http://100.64.0.1/", "is an address of a provider's own network"),
    ("http://168.63.129.16/machine", "is an address of a cloud's own services"),
    ("http://224.0.0.1/", "is an address of many machines at once"),
    ("http://news.example:22/", "it names port 22"),
    ("http://news.example:6379/", "it names port 6379"),
    ("file:///etc/passwd", "it is no http or https address"),
    ("ftp://127.0.0.1/", "it is no http or https address"),
    ("unix:///var/run/docker.sock", "it is no http or https address"),
    ("tcp://127.0.0.1:PORT/secret", "it is no http or https address"),
    ("ws://127.0.0.1:PORT/secret", "it is no http or https address"),
]


@pytest.mark.parametrize(("url", "reason"), SPELLINGS)
async def test_no_spelling_leads_inside(web, client, url, reason):
    error = await refusal(client, url.replace("PORT", str(web.inside.port)))
    assert reason in str(error)
    assert not error.is_passing


@pytest.mark.parametrize(("url", "reason"), SPELLINGS)
async def test_no_redirect_leads_inside(web, client, url, reason):
    target = url.replace("PORT", str(web.inside.port))
    web.public.routes["/go"] = answer(b"", f"Location: {target}", status="302 Found")
    error = await refusal(client, "http://news.example/go")
    assert "it redirects to " in str(error)
    assert reason in str(error)
    assert not error.is_passing


@pytest.mark.parametrize(
    "ips",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["10.0.0.1", "10.0.0.2"],
        ["169.254.169.254"],
        ["100.64.0.1", "127.0.0.1", "::1"],
        ["64:ff9b::7f00:1"],
        ["0.0.0.0"],  # noqa: S104 (not bound to)
    ],
)
async def test_a_name_that_leads_inside_is_refused(web, client, ips):
    web.names.lead("evil.example", [(ip, web.inside.port) for ip in ips])
    error = await refusal(client, "http://evil.example/secret")
    said = str(error)
    assert said.startswith("evil.example leads elsewhere: ")
    assert " is an address of " in said
    assert not error.is_passing
    web.public.routes["/go"] = answer(b"", "Location: http://evil.example/", status="301 Moved")
    told = await refusal(client, "http://news.example/go")
    assert str(told).startswith("it redirects to evil.example: evil.example leads elsewhere")


async def test_localhost_is_looked_up_and_refused(web):
    # the names of this machine itself, as it looks them up
    web.names = None
    async with web.client() as client:
        with pytest.raises(FetchError, match="localhost leads elsewhere"):
            await get(client, f"http://localhost:{web.inside.port}/secret")


async def test_a_name_that_cannot_be_looked_up_is_told_as_such(web):
    web.names = None
    async with web.client() as client:
        with pytest.raises(FetchError, match=r"the name|of the name"):
            await get(client, "http://nowhere.invalid/")
        with pytest.raises(FetchError, match="it is malformed"):
            await get(client, f"http://{'a' * 70}.example/")


async def test_of_several_addresses_only_the_public_one_is_connected_to(web, client):
    places = [(INSIDE, web.inside.port), ("::1", web.inside.port), web.public.place]
    web.names.lead("both.example", places)
    assert (await get(client, "http://both.example/fine")).body == b"fine"


async def test_a_name_that_is_public_once_is_checked_at_every_connection(web, client):
    web.public.routes["/once"] = answer(b"once", "Connection: close")
    web.names.lead("evil.example", web.public.place, (INSIDE, web.inside.port))
    assert (await get(client, "http://evil.example/once")).body == b"once"
    error = await refusal(client, "http://evil.example/secret")
    assert "evil.example leads elsewhere: 127.0.0.1 is" in str(error)


async def test_a_redirect_to_the_same_name_is_checked_when_the_name_changes(web, client):
    web.public.routes["/go"] = answer(
        b"", "Location: /secret", "Connection: close", status="302 Found"
    )
    web.names.lead("evil.example", web.public.place, (INSIDE, web.inside.port))
    error = await refusal(client, "http://evil.example/go")
    assert "127.0.0.1 is an address of this machine" in str(error)


async def test_a_second_try_is_checked_too(web, client):
    async def hang_up(_request, writer) -> None:
        writer.close()

    web.public.routes["/secret"] = hang_up
    web.names.lead("evil.example", web.public.place, (INSIDE, web.inside.port))
    error = await refusal(client, "http://evil.example/secret")
    assert "127.0.0.1 is an address of this machine" in str(error)
    assert not error.is_passing


async def test_robots_txt_leads_no_further_than_anything_else(web, client):
    inside = f"http://127.0.0.1:{web.inside.port}/secret"
    web.public.routes["/robots.txt"] = answer(b"", f"Location: {inside}", status="301 Moved")
    assert (await get(client, "http://news.example/fine", obeys_robots=True)).body == b"fine"


async def test_proxies_of_the_environment_are_not_used(web, monkeypatch):
    proxy = f"http://127.0.0.1:{web.inside.port}"
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy)
    monkeypatch.delenv("no_proxy", raising=False)
    async with web.client() as client:
        assert (await get(client, "http://news.example/fine")).body == b"fine"


async def test_passwords_of_the_environment_are_not_sent(web, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine news.example login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    async with web.client() as client:
        await get(client, "http://news.example/fine")
    assert "authorization" not in web.public.requests[-1].headers


async def test_private_networks_can_be_allowed_and_the_metadata_of_clouds_cannot(web):
    async with web.client(allow_private_networks=True, allowed_networks=()) as client:
        url = f"http://{PUBLIC}:{web.public.port}/fine"
        assert (await get(client, url)).body == b"fine"
        error = await refusal(client, "http://169.254.169.254/latest/meta-data")
        assert "is an address of the local link" in str(error)


async def test_the_query_of_a_redirect_is_kept(web, client):
    where = quote("http://news.example/fine?a=1&b=%20c", safe=":/?&=%")
    web.public.routes["/go"] = answer(b"", f"Location: {where}", status="307 Temporary Redirect")
    response = await get(client, "http://news.example/go")
    assert response.url == "http://news.example/fine?a=1&b=%20c"
    assert web.public.requests[-1].query == {"a": ["1"], "b": [" c"]}
