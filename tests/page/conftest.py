"""The demo, and one browser for all who visit it."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from playwright.async_api import Browser

    from tests.page.browsing import Visit

_IS_CHROMIUM_THERE = bool(shutil.which("chromium") or shutil.which("chromium-browser"))


@pytest.fixture(scope="session", autouse=True)
def _browser_or_skip() -> None:
    if find_spec("playwright") is None or find_spec("axe_playwright_python") is None:
        pytest.skip("the page's tests need the group `page`: uv sync --group page")
    if not _IS_CHROMIUM_THERE:
        pytest.skip("the page's tests need Chromium: apt-get install chromium")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    from tests.page.browsing import opened_browser

    async with opened_browser() as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo() -> AsyncIterator[str]:
    from tests.page.demo_at_work import demo_at_work

    async with demo_at_work() as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, demo: str) -> AsyncIterator[Callable[..., Awaitable[Visit]]]:
    """Visit the demo; whatever a page asks for or complains of is looked at in the end."""
    from tests.page.browsing import visiting

    visits: list[Visit] = []
    async with AsyncExitStack() as windows:

        async def arrived(url: str = demo, **look: object) -> Visit:
            visits.append(await windows.enter_async_context(visiting(browser, url, **look)))
            return visits[-1]

        yield arrived
        for each in visits:
            assert each.strangers_asked == []
            assert each.complaints == []
