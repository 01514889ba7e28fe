"""Index runs that are ended from outside: nothing is left behind, and whole files only are kept."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import NewsIndex
from index.analysis.passages import split_passages

ROOT = Path(__file__).parents[2]
CHILDREN = Path("/proc") / str(os.getpid()) / "task" / str(os.getpid()) / "children"

pytestmark = pytest.mark.skipif(not CHILDREN.exists(), reason="needs /proc to see processes")

SENTENCE = "The harbour board of Pellmouth met on Monday and decided nothing at all, it said. "


@pytest.fixture
def big_folder(tmp_path) -> Path:
    """Enough text for worker processes, in several files."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(12):
        lines = (
            json.dumps({"id": f"{number}-{n}", "text": f"Story {n}. {SENTENCE * 40}\n\n" * 6})
            for n in range(40)
        )
        (folder / f"{number:02}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def start(folder: Path, data_dir: Path) -> subprocess.Popen:
    return subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", "index", str(folder), "--data-dir", str(data_dir)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def children_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(condition, patience_seconds: float = 30.0) -> None:
    end = time.monotonic() + patience_seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_no_process_and_no_half_file_is_left(big_folder, tmp_path, number):
    data_dir = tmp_path / "data"
    process = start(big_folder, data_dir)
    # two workers and Python's tracker of their resources
    until(lambda: len(children_of(process.pid)) >= 2 or process.poll() is not None)
    workers = children_of(process.pid)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode != 0
    # whoever is killed cannot tell the workers, who complain of it
    assert number is signal.SIGKILL or b"Traceback" not in err
    until(lambda: not any(is_alive(worker) for worker in workers))

    async with await NewsIndex.open(data_dir, searchable=False) as news:
        assert (await news.statistics()).article_count % 40 == 0
        await news.ingest([big_folder])
        passages = await news.passages()
    spans: dict[str, list[tuple[int, int]]] = {}
    for passage in passages:
        spans.setdefault(passage.article.id, []).append((passage.start, passage.end))
    assert len(spans) == 12 * 40
    article = passages[0].article
    assert spans[article.id] == split_passages(article.text, title=article.title)
