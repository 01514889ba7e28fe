"""`pullquote feeds`, `ingest` and `fetch` as people and programs use them: whole processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.integration.small_site import SmallSite, small_site
from tests.integration.typed import environment_of, pullquote

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR = {"PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true"}


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as site:
        site.stories = {"bridge": "Lantern Bridge", "ferry": "Foxglove Ferry"}
        yield site


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def typed(*arguments: object, data_dir: Path, **others: Any):
    return pullquote(*arguments, data_dir=data_dir, **{**NEAR, **others})


def said(*arguments: object, data_dir: Path, status: int = 0) -> Any:
    """The objects that the command prints with --json; the object, if there is one."""
    done = typed(*arguments, "--json", data_dir=data_dir)
    assert (done.returncode, done.stderr) == (status, ""), done
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return found[0] if len(found) == 1 else found


@pytest.fixture
def followed(site: SmallSite, data_dir: Path) -> dict[str, Any]:
    (feed,) = said("feeds", "add", site.url("/feed.xml"), data_dir=data_dir)["feeds"]
    return feed


def test_a_feed_is_followed_and_its_stories_answer(site, data_dir):
    added = typed(
        *("feeds", "add", site.url("/feed.xml"), "--tag", "local", "--every", "2h"),
        *("--publisher", "The Loopback Courier"),
        data_dir=data_dir,
    )
    assert added.returncode == 0, added
    assert added.stdout.startswith("1. Loopback Courier\n")
    assert "every 2h" in added.stdout
    done = typed("ingest", "--once", data_dir=data_dir)
    assert done.returncode == 0, done
    assert "2 stored" in done.stdout
    answer = said("ask", "What did the repairs of the Lantern Bridge cost?", data_dir=data_dir)
    assert answer["answered"]
    quote = answer["quotes"][0]
    assert "four million crowns" in quote["text"]
    assert quote["article"]["publisher"] == "The Loopback Courier"
    assert quote["article"]["url"] == site.url("/story/bridge")


def test_the_list_and_a_single_feed_tell_how_it_goes(site, data_dir, followed):
    assert followed["url"] == site.url("/feed.xml")
    assert (followed["kind"], followed["title"]) == ("feed", "Loopback Courier")
    said("ingest", "--once", data_dir=data_dir)
    (listed,) = said("feeds", "list", data_dir=data_dir)["feeds"]
    assert (listed["articles"], listed["failure"], listed["paused_reason"]) == (2, None, None)
    assert listed["polled_at"] is not None
    for name in (listed["id"], listed["url"], "loopback"):
        assert said("feeds", "show", name, data_dir=data_dir) == listed
    shown = typed("feeds", "show", 1, data_dir=data_dir).stdout
    assert "articles    2\n" in shown


def test_for_programs_each_event_is_a_line_and_nothing_is_stored_twice(data_dir, followed):
    *events, summary = said("ingest", "--once", data_dir=data_dir)
    stored = [each for each in events if each["event"] == "stored"]
    assert sorted(each["title"] for each in stored) == ["Foxglove Ferry", "Lantern Bridge"]
    assert {each["feed"] for each in stored} == {followed["title"]}
    assert summary["counts"]["stored"] == 2
    assert summary["complete"]
    *events, summary = said("ingest", "--once", "--all", data_dir=data_dir)
    assert not any(each["event"] == "stored" for each in events)
    assert (summary["counts"]["stored"], summary["counts"]["failed"]) == (0, 0)


@pytest.mark.usefixtures("followed")
def test_a_feed_that_cannot_be_read_is_told_and_the_status_says_so(site, data_dir):
    site.status = 500
    done = typed("ingest", "--once", "--all", data_dir=data_dir)
    assert done.returncode == 1, done
    assert f"failed: Loopback Courier · {site.url('/feed.xml')}: its server" in done.stdout
    assert "500" in done.stdout
    assert "failed 1 time in a row: " in typed("feeds", "list", data_dir=data_dir).stdout


@pytest.mark.usefixtures("followed")
def test_a_paused_feed_is_not_polled_until_it_is_resumed(site, data_dir):
    paused = said("feeds", "pause", "1", "--reason", "too noisy", data_dir=data_dir)
    assert paused["paused_reason"] == "too noisy"
    before = len(site.asked)
    said("ingest", "--once", "--all", data_dir=data_dir)
    assert len(site.asked) == before
    assert said("feeds", "resume", "1", data_dir=data_dir)["paused_reason"] is None
    *_, summary = said("ingest", "--once", "--all", data_dir=data_dir)
    assert summary["counts"]["stored"] == 2


@pytest.mark.usefixtures("followed")
def test_a_feed_is_removed_and_its_articles_stay_unless_told_otherwise(site, data_dir):
    said("ingest", "--once", data_dir=data_dir)
    done = typed("feeds", "remove", "1", data_dir=data_dir)
    assert done.stdout == "Loopback Courier is not followed any more.\n"
    assert said("stats", data_dir=data_dir)["articles"] == 2
    (again,) = said("feeds", "add", site.url("/feed.xml"), data_dir=data_dir)["feeds"]
    said("ingest", "--once", data_dir=data_dir)
    gone = said("feeds", "remove", again["id"], "--with-articles", data_dir=data_dir)
    assert gone["feed"]["url"] == site.url("/feed.xml")
    assert said("feeds", "list", data_dir=data_dir) == {"feeds": []}


def test_an_address_is_tried_without_anything_being_stored(site, data_dir):
    sample = said("feeds", "test", site.url("/feed.xml"), data_dir=data_dir)
    assert (sample["kind"], sample["entries"], sample["dated"]) == ("feed", 2, 2)
    assert sample["titles"] == ["Lantern Bridge", "Foxglove Ferry"]
    assert "after eleven weeks of repairs" in sample["first_text"]
    assert said("feeds", "list", data_dir=data_dir) == {"feeds": []}
    assert said("stats", data_dir=data_dir)["articles"] == 0
    shown = typed("feeds", "test", site.url("/feed.xml"), data_dir=data_dir).stdout
    assert "2 entries, 2 with a date" in shown


@pytest.mark.usefixtures("followed")
def test_feeds_are_exported_and_imported_as_opml(site, data_dir, tmp_path):
    written = tmp_path / "feeds.opml"
    assert typed("feeds", "export", written, data_dir=data_dir).returncode == 0
    shown = typed("feeds", "export", data_dir=data_dir).stdout
    assert shown == written.read_text(encoding="utf-8")
    outlines = ET.fromstring(shown).iter("outline")  # noqa: S314 (written by ourselves)
    assert site.url("/feed.xml") in {each.get("xmlUrl") for each in outlines}
    elsewhere = tmp_path / "elsewhere"
    brought = said("feeds", "import", written, data_dir=elsewhere)
    assert [each["url"] for each in brought["added"]] == [site.url("/feed.xml")]
    again = typed("feeds", "import", "-", data_dir=elsewhere, stdin=shown)
    assert again.stdout == "0 added, 1 known before, 0 refused\n"


def test_a_folder_is_followed_by_the_name_that_it_has_here(data_dir, tmp_path):
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "otters.txt").write_text("Otters\nThe otters of Foxglove Lane won a medal.")
    (feed,) = said("feeds", "add", folder, data_dir=data_dir)["feeds"]
    assert (feed["kind"], feed["url"]) == ("folder", str(folder))
    said("ingest", "--once", data_dir=data_dir)
    assert said("stats", data_dir=data_dir)["articles"] == 1


def test_single_pages_are_stored_and_what_fails_is_told(site, data_dir):
    stored, failed = said(
        "fetch", site.url("/story/bridge"), site.url("/nowhere"), data_dir=data_dir, status=1
    )
    assert (stored["event"], stored["title"]) == ("stored", "Lantern Bridge")
    assert failed["url"] == site.url("/nowhere")
    assert "404" in failed["reason"]
    again = typed("fetch", site.url("/story/bridge"), data_dir=data_dir)
    assert again.returncode == 0, again
    assert "unchanged: " in again.stdout
    found = typed("search", "bearing", data_dir=data_dir)
    assert "Lantern Bridge" in found.stdout


def test_what_is_not_public_is_refused_unless_it_is_allowed(site, data_dir):
    done = pullquote("fetch", site.url("/story/bridge"), data_dir=data_dir)
    assert done.returncode == 1
    assert site.asked == []
    refused = pullquote("feeds", "add", site.url("/feed.xml"), data_dir=data_dir)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert site.asked == []


@pytest.mark.usefixtures("followed")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_following_goes_on_until_a_signal_and_is_told_at_once(site, data_dir, number):
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ingest", "--json"],
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
        env=environment_of(data_dir, **NEAR),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    # through a pipe, while it goes on
    told = []
    while sum(each["event"] == "stored" for each in told) < len(site.stories):
        told.append(json.loads(process.stdout.readline()))
    process.send_signal(number)
    rest, errors = process.communicate(timeout=20)
    summary = json.loads(rest.splitlines()[-1])
    assert (process.returncode, errors) == (0, "")
    assert (summary["event"], summary["complete"]) == ("summary", True)
    assert summary["counts"]["stored"] == 2


def test_following_ends_on_a_signal_also_where_a_script_has_started_it(data_dir):
    # a shell without job control lets what it starts with & ignore interrupts
    process = subprocess.Popen(
        ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-m", "bot", "ingest"],
        cwd=Path(__file__).parents[2],
        env=environment_of(data_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert b"No feed is followed" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0


@pytest.mark.usefixtures("followed")
def test_following_ends_when_nobody_reads_it(data_dir):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ingest", "--json"],
        check=False,
        cwd=Path(__file__).parents[2],
        env=environment_of(data_dir, **NEAR),
        stderr=subprocess.PIPE,
        stdout=write,
        timeout=30,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add"], "ADDRESS"),
        (["add", "https://paper.example", "--every", "soon"], "15m, 2h"),
        (["add", "https://paper.example", "--every", "5s"], "between a minute"),
        (["add", "https://paper.example", "--map", "title"], "FIELD=PATH"),
        (["show"], "FEED"),
        (["nope"], "nope"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(data_dir, arguments, told):
    done = pullquote("feeds", *arguments, data_dir=data_dir)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "7"],
        ["pause", "nothing of this name"],
        ["add", "http://"],
        ["test", "ftp://paper.example/x"],
        ["import", "/nowhere/feeds.opml"],
        ["export", "/nowhere/feeds.opml"],
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(data_dir, arguments):
    done = typed("feeds", *arguments, data_dir=data_dir)
    assert (done.returncode, done.stdout) == (1, ""), done
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("pullquote: ")


def test_who_follows_nothing_is_told_what_to_do(data_dir):
    for arguments in (["feeds", "list"], ["ingest", "--once"]):
        done = typed(*arguments, data_dir=data_dir)
        assert done.returncode == 0
        assert "pullquote feeds add ADDRESS" in done.stderr
