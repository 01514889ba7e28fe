"""A person's own news, handed in on the demo's page, in a real browser."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.integration.small_site import small_site
from tests.page.reaching import findings, width_beyond_the_screen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from playwright.async_api import Locator

    from tests.integration.small_site import SmallSite
    from tests.page.browsing import Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

# what is read in processes of its own, after others, takes its time on a busy machine
READ = 90_000
NOTHING = re.compile(r"^\s*(Show\s+Dismiss)?\s*$")
STORY = """\
---
title: {title}
published: 2026-03-{day:02}
publisher: Harbour Gazette
---
The {name} was sold on Tuesday to the trust of the harbour, its owner Ines Calloway said.
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def open_demo() -> AsyncIterator[str]:
    """A demo that may follow what is on this machine; others count the news of theirs."""
    from tests.page.demo_at_work import demo_at_work

    async with demo_at_work(PULLQUOTE_ALLOW_PRIVATE_NETWORKS="true") as url:
        yield url


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as site:
        site.stories = {"viaduct": "Corbel Viaduct", "tram": "Harbour Tram"}
        yield site


def write(folder: Path, name: str, day: int = 4) -> None:
    folder.mkdir(exist_ok=True)
    text = STORY.format(name=name, title=f"{name} sold", day=day)
    (folder / f"{name}.md").write_text(text)


def dialog_of(visit: Visit) -> Locator:
    return visit.page.get_by_role("dialog", name="Add your own news")


async def opened(visit: Visit) -> Locator:
    await visit.unfold("Channels and people")
    await visit.page.get_by_role("button", name="Add your own news").click()
    dialog = dialog_of(visit)
    await visit.expect(field_of(dialog)).to_be_focused()
    return dialog


def field_of(dialog: Locator) -> Locator:
    return dialog.get_by_label("A folder or file on this machine")


async def hand_in(dialog: Locator, named: str) -> None:
    await field_of(dialog).fill(named)
    await dialog.get_by_role("button", name="Add").click()


@asynccontextmanager
async def complaining(visit: Visit) -> AsyncIterator[None]:
    """Forget what the browser says of an answer that is a refusal."""
    yield
    assert all("status of 401" in each for each in visit.complaints)
    visit.complaints.clear()


async def test_a_folder_is_read_and_asked_about_at_once(visit, open_demo, tmp_path):
    write(tmp_path / "news", "Foxglove Ferry")
    alice = await visit(open_demo)
    dialog = await opened(alice)
    await hand_in(dialog, str(tmp_path / "news"))

    added = dialog.get_by_role("status")
    await alice.expect(added).to_have_text(
        "Added 1 article with 1 passage by Harbour Gazette.", timeout=READ
    )
    await alice.expect(dialog.get_by_role("button", name="Stop")).to_be_hidden()
    await dialog.get_by_role("button", name="Ask about “Foxglove Ferry sold”").click()

    await alice.expect(dialog).to_be_hidden()
    question = alice.page.get_by_label("question")
    await alice.expect(question).to_be_focused()
    await alice.expect(question).to_have_value("Foxglove Ferry sold")
    await question.fill("Who sold the Foxglove Ferry?")
    answer = await alice.answer_to(alice.page.keyboard.press("Enter"))
    await alice.expect(answer).to_contain_text("its owner Ines Calloway said")
    await alice.expect(answer).to_contain_text("Harbour Gazette · 4 March 2026")


async def test_a_feed_is_read_and_followed(visit, open_demo, site):
    alice = await visit(open_demo)
    dialog = await opened(alice)
    await hand_in(dialog, site.url("/feed.xml"))

    await alice.expect(dialog.get_by_role("status")).to_contain_text(
        "Added 2 articles with", timeout=READ
    )
    await alice.expect(dialog.get_by_role("status")).to_contain_text("followed from now on")
    await alice.page.keyboard.press("Escape")
    answer = await alice.command("ask", question="How much did the Corbel Viaduct repairs cost?")
    await alice.expect(answer).to_contain_text("cost four million crowns")


async def test_what_cannot_be_read_is_said_and_can_be_mended(visit, open_demo, tmp_path):
    alice = await visit(open_demo)
    dialog = await opened(alice)
    problem = dialog.get_by_role("alert")

    await dialog.get_by_role("button", name="Add").click()
    await alice.expect(problem).to_contain_text("Name a folder, a file or an address first.")
    await hand_in(dialog, str(tmp_path / "nowhere"))
    await alice.expect(problem).to_contain_text("there is no such file or folder", timeout=READ)
    field = field_of(dialog)
    await alice.expect(field).to_be_focused()
    await alice.expect(field).to_have_attribute("aria-invalid", "true")
    await alice.expect(field).to_have_value(str(tmp_path / "nowhere"))

    write(tmp_path / "nowhere", "Tern Lighthouse")
    await hand_in(dialog, str(tmp_path / "nowhere"))
    await alice.expect(dialog.get_by_role("status")).to_contain_text(
        "Added 1 article", timeout=READ
    )
    await alice.expect(problem).to_be_empty()
    await alice.expect(field).to_have_attribute("aria-invalid", "false")


async def test_an_address_of_this_machine_is_refused_unless_it_is_allowed(visit, demo):
    alice = await visit(demo)
    dialog = await opened(alice)
    await hand_in(dialog, "http://127.0.0.1:9/feed.xml")

    await alice.expect(dialog.get_by_role("alert")).to_contain_text(
        "127.0.0.1 is an address of this machine", timeout=READ
    )


async def test_all_of_it_is_done_by_keyboard(visit, open_demo, tmp_path):
    write(tmp_path / "news", "Wicker Mill", day=5)
    alice = await visit(open_demo)
    keys = alice.page.keyboard
    opener = alice.page.get_by_role("button", name="Add your own news")
    await alice.page.get_by_role("button", name="Olive (admin)").focus()
    await keys.press("Tab")
    await alice.expect(opener).to_be_focused()

    await keys.press("Enter")
    await keys.press("Escape")
    await alice.expect(dialog_of(alice)).to_be_hidden()
    await alice.expect(opener).to_be_focused()
    await keys.press("Enter")
    await keys.type(str(tmp_path / "news"))
    await keys.press("Enter")
    dialog = dialog_of(alice)
    await alice.expect(dialog.get_by_role("status")).to_contain_text(
        "Added 1 article", timeout=READ
    )
    await keys.press("Tab")
    await alice.expect(
        dialog.get_by_role("button", name="Ask about “Wicker Mill sold”")
    ).to_be_focused()
    await keys.press("Enter")
    answer = await alice.answer_to(keys.press("Enter"))
    await alice.expect(answer).to_contain_text("The Wicker Mill was sold on Tuesday")


async def test_whoever_closes_the_dialog_is_told_the_end_in_the_conversation(
    visit, open_demo, site, tmp_path
):
    write(tmp_path / "news", "Copper Beacon")
    alice = await visit(open_demo)
    elsewhere = await visit(open_demo)
    dialog = await opened(alice)
    site.hold()
    await hand_in(dialog, site.url("/feed.xml"))
    await alice.expect(dialog.get_by_role("status")).to_contain_text("Reading http://127.0.0.1:")
    await alice.expect(dialog.get_by_role("progressbar")).to_be_visible()

    await dialog.get_by_role("button", name="Close").click()
    line = alice.page.locator("#news-line")
    await alice.expect(line).to_contain_text("Reading http://127.0.0.1:")
    other = await opened(elsewhere)
    await elsewhere.expect(other.get_by_role("button", name="Stop")).to_be_visible()
    await other.get_by_role("button", name="Stop").click()
    await alice.expect(line).to_contain_text("It was stopped", timeout=READ)
    site.let_go()

    await line.get_by_role("button", name="Show").click()
    await alice.expect(dialog.get_by_role("status")).to_contain_text("It was stopped")
    await hand_in(dialog, str(tmp_path / "news"))
    await alice.expect(dialog.get_by_role("status")).to_contain_text(
        "Added 1 article", timeout=READ
    )
    await alice.page.keyboard.press("Escape")
    await alice.expect(line).to_have_text(NOTHING)
    # who has not been told by their own dialog still is
    await elsewhere.expect(other.get_by_role("status")).to_contain_text(
        "Added 1 article", timeout=READ
    )
    await alice.page.reload()
    await alice.page.locator("#status.online").wait_for(state="attached")
    await alice.expect(line).to_have_text(NOTHING)


async def test_what_is_told_in_the_conversation_is_dismissed(visit, open_demo, tmp_path):
    write(tmp_path / "news", "Granite Jetty")
    alice, reader = await visit(open_demo), await visit(open_demo)
    line = reader.page.locator("#news-line")
    await hand_in(await opened(alice), str(tmp_path / "news"))

    await reader.expect(line).to_contain_text("Added 1 article", timeout=READ)
    await line.get_by_role("button", name="Dismiss").click()
    await reader.expect(line).to_have_text(NOTHING)
    await reader.expect(line.get_by_role("button", name="Show")).to_be_hidden()
    await reader.expect(reader.page.get_by_role("log")).to_be_focused()


async def test_who_was_not_given_the_key_is_told_where_it_is(visit, demo, tmp_path):
    write(tmp_path / "news", "Foxglove Ferry")
    alice = await visit(demo.partition("#")[0])
    async with complaining(alice):
        dialog = await opened(alice)
        await hand_in(dialog, str(tmp_path / "news"))
        problem = dialog.get_by_role("alert")
        await alice.expect(problem).to_contain_text("the whole address that the terminal shows")


async def test_what_a_feed_says_stays_text(visit, open_demo, site):
    site.stories = {"x": "<img src=x onerror=alert(1)> **bold** @everyone"}
    alice = await visit(open_demo)
    dialog = await opened(alice)
    await hand_in(dialog, site.url("/feed.xml"))

    await alice.expect(dialog.get_by_role("status")).to_contain_text(
        "Added 1 article", timeout=READ
    )
    await alice.expect(dialog.get_by_role("img")).to_have_count(0)
    await alice.expect(dialog.get_by_role("button", name="Ask about")).to_contain_text("<img")


@pytest.mark.parametrize("is_phone", [False, True], ids=["wide", "phone"])
async def test_nothing_keeps_anybody_out_of_the_dialog(visit, open_demo, tmp_path, is_phone):
    write(tmp_path / "news", f"Marram {'Lifeboat' if is_phone else 'Windmill'}")
    (tmp_path / "news" / "odd.jsonl").write_text("{not json\n")
    alice = await visit(open_demo, is_phone=is_phone)
    dialog = await opened(alice)
    for named, told in (
        (f"/{'nothing' * 30}", dialog.get_by_role("alert")),
        (str(tmp_path / "news"), dialog.get_by_role("status")),
    ):
        await hand_in(dialog, named)
        await alice.expect(told).to_contain_text("article", timeout=READ)
        assert await width_beyond_the_screen(alice) == 0
        for theme in ("dark", "light"):
            await alice.page.emulate_media(color_scheme=theme)
            assert await findings(alice) == []
    await alice.expect(dialog.get_by_role("listitem")).to_contain_text("odd.jsonl")
