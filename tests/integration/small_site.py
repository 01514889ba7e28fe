"""One feed and its pages on 127.0.0.1, for as long as a `with` block lasts."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# told so differently that no two of them are copies of one story
_TOLD = (
    (
        "The {0} was opened again on Tuesday, the county said, after eleven weeks of repairs.",
        "Engineers had found a cracked bearing under the {0} in March, and closed it at once.",
        "“We are glad that the {0} carries people again,” the surveyor Odile Marchetti told us.",
        "The repairs of the {0} cost four million crowns, a third more than had been set aside.",
    ),
    (
        "Passengers of the {0} will pay less from Monday, its owners announced at the harbour.",
        "A crossing falls from nine crowns to six, and children under seven travel for nothing.",
        "“Half of our seats went empty all winter long,” the skipper Tobias Lindqvist explained.",
        "The {0} carried two hundred thousand people last year, fewer than in any year before.",
    ),
)


class SmallSite:
    """What is at which path; changing it changes the site."""

    def __init__(self) -> None:
        self.address = ""
        self.stories: dict[str, str] = {}
        self.status = 200
        self.asked: list[str] = []
        self._open = threading.Event()
        self._open.set()

    def hold(self) -> None:
        """Give no page of a story until it is let go."""
        self._open.clear()

    def let_go(self) -> None:
        """Answer at once again."""
        self._open.set()

    def answer(self, path: str) -> tuple[int, str, str]:
        """Return status, type and body."""
        self.asked.append(path)
        if self.status != 200:
            return self.status, "text/plain", "no"
        if path == "/feed.xml":
            return 200, "application/rss+xml", self._feed()
        name = path.removeprefix("/story/")
        if name in self.stories:
            self._open.wait()
            return 200, "text/html", self._page(name)
        return 404, "text/plain", "no"

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{self.url(f'/story/{name}')}</link>"
            f"<guid>{name}</guid><pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate>"
            f"<description>News of the {escape(title)}…</description></item>"
            for name, title in self.stories.items()
        )
        return (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Loopback Courier</title>'
            f"<link>{self.address}/</link><description>News</description>{items}</channel></rss>"
        )

    def _page(self, name: str) -> str:
        title = escape(self.stories[name])
        told = _TOLD[list(self.stories).index(name) % len(_TOLD)]
        text = "".join(f"<p>{paragraph.format(title)}</p>" for paragraph in told)
        return (
            f"<!doctype html><html lang=en><head><title>{title}</title></head><body>"
            f"<article><h1>{title}</h1>{text}</article></body></html>"
        )


@contextmanager
def small_site() -> Iterator[SmallSite]:
    site = SmallSite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = site.answer(self.path)
            raw = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Say nothing; `asked` knows."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.let_go()
        server.shutdown()
        thread.join()
        server.server_close()
