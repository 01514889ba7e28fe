"""The command line as people and programs use it: whole processes, their output and status."""

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.integration.typed import pullquote

STORIES = [
    {
        "id": "bridge",
        "title": "Lantern Bridge closes",
        "text": "The Lantern Bridge was closed on Tuesday because a bearing had cracked.\n\n"
        "\u202eIt will \x1b[31mopen again on April 24, the county said. @everyone",
        "url": "https://courier.example/bridge",
        "source": "The Courier",
        "published": "2026-03-03",
        "author": "Jessamy Thorne",
    },
    {
        "id": 7,
        "title": "Ferry to run",
        "text": "A ferry will run every twenty minutes from Thursday, the skipper said.",
        "publisher": "The Weekly",
        "published": "2026-03-05T08:00:00+00:00",
    },
]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    (folder / "stories.json").write_text(json.dumps(STORIES), encoding="utf-8")
    data_dir = tmp_path_factory.mktemp("data")
    done = pullquote("index", folder, data_dir=data_dir)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 added, 0 changed" in done.stdout
    return data_dir


def test_an_answer_has_quote_publisher_date_and_link(data_dir):
    done = pullquote("ask", "Why was the Lantern Bridge closed?", data_dir=data_dir)
    assert done.returncode == 0
    assert "because a bearing had cracked." in done.stdout
    assert "The Courier · 2026-03-03 · Jessamy Thorne" in done.stdout
    assert "https://courier.example/bridge#:~:text=" in done.stdout


def test_json_is_one_object_of_the_published_shape(data_dir):
    done = pullquote("ask", "Why was the bridge closed?", "--json", data_dir=data_dir)
    said = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert list(said) == [
        "id",
        "question",
        "answered",
        "confidence",
        "quotes",
        "hits",
        "reading",
        "outside",
    ]
    assert said["answered"] is True
    assert 0 <= said["confidence"] <= 1
    quote = said["quotes"][0]
    assert list(quote) == ["text", "start", "end", "score", "link", "article", "also_in"]
    assert STORIES[0]["text"][quote["start"] : quote["end"]] == quote["text"]
    assert quote["article"] == {
        "id": "bridge",
        "title": "Lantern Bridge closes",
        "publisher": "The Courier",
        "author": "Jessamy Thorne",
        "published": "2026-03-03",
        "url": "https://courier.example/bridge",
        "partial": False,
    }
    hit = said["hits"][0]
    assert list(hit) == ["rank", "score", "text", "start", "end", "article"]
    assert hit["rank"] == 1


def test_what_the_news_does_not_say_exits_with_3(data_dir):
    done = pullquote("ask", "Who won the 2022 World Cup?", data_dir=data_dir)
    assert done.returncode == 3
    assert "Nothing in the news I have is about that." in done.stdout
    asked = pullquote("ask", "Who won the 2022 World Cup?", "--json", data_dir=data_dir)
    assert asked.returncode == 3
    assert json.loads(asked.stdout)["quotes"] == []


def test_control_characters_of_an_article_never_reach_the_terminal(data_dir):
    done = pullquote("ask", "When will the bridge open again?", data_dir=data_dir)
    assert "April 24" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("filters", "status"),
    [
        (["--since", "2026-03-03", "--until", "2026-03-03"], 0),
        (["--since", "2026-03-04"], 3),
        (["--until", "2026-03-02"], 3),
        (["--since", "2d", "--now", "2026-03-04"], 0),
        (["--since", "yesterday", "--now", "2026-03-09T10:00"], 3),
        (["--publisher", "the courier"], 0),
        (["--publisher", "The Weekly"], 3),
    ],
)
def test_filters_narrow_what_may_answer(data_dir, filters, status):
    question = "Why was the Lantern Bridge closed?"
    assert pullquote("ask", question, *filters, data_dir=data_dir).returncode == status


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask"], "either a question or --batch"),
        (["ask", "  "], "question is empty"),
        (["ask", "x", "--since", "soon"], "write it like 2026-03-04"),
        (["ask", "x", "--now", "soon"], "2026-03-04T18:30"),
        (["ask", "x", "--limit", "0"], "--limit"),
        (["ask", "x", "--nope"], "--nope"),
        (["nope"], "nope"),
        (["explain", "x"], "--article"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(data_dir, arguments, told):
    done = pullquote(*arguments, data_dir=data_dir)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_batch_is_answered_in_order_one_object_a_line(data_dir, tmp_path):
    questions = [
        {"id": "a", "question": "Why was the bridge closed?", "date": "2026-03-04"},
        {"id": 2, "question": "Who won the 2022 World Cup?"},
        {"id": "c", "question": "How often will the ferry run?", "date": None},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, questions)) + "\n\n", encoding="utf-8")
    done = pullquote("ask", "--batch", path, "--json", data_dir=data_dir)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [(each["id"], each["answered"]) for each in said] == [
        ("a", True),
        (2, False),
        ("c", True),
    ]
    again = pullquote("ask", "--batch", "-", "--json", data_dir=data_dir, stdin=path.read_text())
    assert again.stdout == done.stdout


@pytest.mark.parametrize("line", ["{", "[1]", '{"q": 1}', '{"question": "x", "date": "soon"}'])
def test_a_mistake_in_a_batch_is_told_with_its_line_before_anything_is_answered(
    data_dir, tmp_path, line
):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": 1, "question": "Why was the bridge closed?"}\n' + line + "\n")
    done = pullquote("ask", "--batch", path, "--json", data_dir=data_dir)
    assert (done.returncode, done.stdout) == (1, "")
    assert "questions.jsonl" in done.stderr
    assert "line 2" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_question_of_a_batch_that_cannot_be_understood_does_not_stop_the_others(
    data_dir, tmp_path
):
    path = tmp_path / "questions.jsonl"
    questions = ['the "bridge', "Why was the bridge closed?", "bridge since:soon"]
    lines = [json.dumps({"id": n, "question": text}) for n, text in enumerate(questions)]
    path.write_text("\n".join(lines), encoding="utf-8")
    done = pullquote("ask", "--batch", path, "--json", data_dir=data_dir)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [each["answered"] for each in said] == [False, True, False]
    assert "is not closed" in said[0]["error"]
    assert "error" not in said[1]
    assert "“soon” is not a date" in said[2]["error"]
    shown = pullquote("ask", "--batch", path, data_dir=data_dir)
    assert shown.returncode == 1
    assert "because a bearing had cracked" in shown.stdout
    assert shown.stderr.count("is not") == 2


READ = (
    'Lantern "was closed" -ferry publisher:courier author:thorne since:2026-03-01 on:march brigde'
)


@pytest.mark.parametrize("command", ["ask", "search"])
def test_operators_are_read_and_told_in_a_terminal(data_dir, command):
    done = pullquote(command, READ, "--now", "2026-03-09", data_dir=data_dir)
    assert done.returncode == 0
    assert "The Courier · 2026-03-03 · Jessamy Thorne" in done.stdout
    assert done.stdout.splitlines()[0] == (
        'Understood as: "was closed" word for word · without ferry · articles from Sunday, '
        "1 March 2026 to Tuesday, 31 March 2026 · from The Courier · by thorne"
    )


def test_how_a_question_was_understood_is_part_of_the_json(data_dir):
    done = pullquote(
        "search", f"{READ} in 2026, according to The Weekly", "--now", "2026-03-09", "--json",
        data_dir=data_dir,
    )  # fmt: skip
    assert json.loads(done.stdout)["reading"] == {
        "text": "Lantern was closed brigde in 2026, according to The Weekly",
        "phrases": ["was closed"],
        "excluded": ["ferry"],
        "publishers": ["The Courier"],
        "authors": ["thorne"],
        "since": "2026-03-01T00:00:00+00:00",
        "until": "2026-04-01T00:00:00+00:00",
        "when": {
            "wording": "in 2026",
            "since": "2026-01-01T00:00:00+00:00",
            "until": "2027-01-01T00:00:00+00:00",
        },
        "preferred_publishers": ["The Weekly"],
        "corrections": [],
        "notes": [
            '"was closed" word for word',
            "without ferry",
            "articles from Sunday, 1 March 2026 to Tuesday, 31 March 2026",
            "from The Courier",
            "by thorne",
        ],
    }


@pytest.mark.parametrize(
    ("command", "text", "told"),
    [
        (["ask"], 'the "bridge', "is not closed"),
        (["search"], "bridge until:soon", "write it like 2026-03-04"),
        (["explain", "--article", "bridge"], "bridge publisher:x", "no news from “x”"),
        (["search", "--publisher", "The Weakly"], "bridge", 'did you mean publisher:"The Weekly"?'),
        (["search", "--since", "2026-03-03"], "bridge until:2026-03-02", "No time is both"),
    ],
)
def test_operators_that_make_no_sense_are_wrong_usage(data_dir, command, text, told):
    done = pullquote(*command, text, data_dir=data_dir)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_search_lists_passages(data_dir):
    done = pullquote("search", "ferry", data_dir=data_dir)
    assert done.returncode == 0
    assert "1. Ferry to run" in done.stdout
    said = json.loads(pullquote("search", "ferry", "--json", data_dir=data_dir).stdout)
    assert [hit["article"]["id"] for hit in said["hits"]] == ["7"]
    assert pullquote("search", "zeppelin", data_dir=data_dir).returncode == 0


def test_explain_shows_the_numbers(data_dir):
    question = "Why was the bridge closed?"
    done = pullquote("explain", question, "--article", "bridge", data_dir=data_dir)
    assert done.returncode == 0
    assert "BM25" in done.stdout
    assert '"bridg"' in done.stdout
    assert "confidence" in done.stdout
    read = pullquote("explain", f"{question} -ferry", "--article", "bridge", data_dir=data_dir)
    assert read.stdout.startswith("Understood as: without ferry\n")
    told = pullquote("explain", question, "--article", "bridge", "--json", data_dir=data_dir)
    assert json.loads(told.stdout)["reading"]["text"] == question
    missing = pullquote("explain", question, "--article", "nope", data_dir=data_dir)
    assert missing.returncode == 1
    assert "No article with the id 'nope'" in missing.stderr


def test_stats_count(data_dir):
    said = json.loads(pullquote("stats", "--json", data_dir=data_dir).stdout)
    assert said["articles"] == 2
    assert said["publishers"] == {"The Courier": 1, "The Weekly": 1}
    assert said["newest"]["id"] == "7"
    assert "articles    2" in pullquote("stats", data_dir=data_dir).stdout


def test_the_version_is_the_packages(data_dir):
    done = pullquote("--version", data_dir=data_dir)
    assert done.stdout == f"pullquote {version('pullquote')}\n"


def test_data_dir_goes_before_the_environment(data_dir, tmp_path):
    done = pullquote("stats", "--json", "--data-dir", tmp_path / "other", data_dir=data_dir)
    assert json.loads(done.stdout)["articles"] == 0


def test_a_refused_file_is_one_line_and_the_status_says_so(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text("The harbour\nA walrus came ashore on Friday, people said.")
    (folder / "bad\nname.txt").write_bytes(b"\xff\xfe\xfd no text")
    (folder / "link.txt").symlink_to("/etc/hostname")
    done = pullquote("index", folder, data_dir=tmp_path / "data")
    refused = [line for line in done.stdout.splitlines() if line.startswith("refused: ")]
    assert done.returncode == 1
    assert len(refused) == 2
    assert "1 added" in done.stdout
    told = json.loads(pullquote("index", "--json", data_dir=tmp_path / "data").stdout)
    assert len(told["refused"]) == 2
    assert told["unchanged"] == 1


def test_indexing_nothing_the_first_time_is_wrong_usage(tmp_path):
    done = pullquote("index", data_dir=tmp_path)
    assert done.returncode == 2
    assert "name a file or folder" in done.stderr


def test_a_damaged_database_is_one_line_on_standard_error(tmp_path):
    (tmp_path / "pullquote.sqlite3").write_bytes(b"no database" * 500)
    done = pullquote("ask", "Why?", data_dir=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "restore it from a backup" in done.stderr


def on_a_terminal(*arguments: object, data_dir: Path) -> str:
    """Run the command with a terminal for output, and return all that it drew."""
    screen, terminal = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 (our own program, our own arguments)
        [sys.executable, "-m", "bot", *map(str, arguments), "--data-dir", str(data_dir)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TERM": "xterm", "COLUMNS": "60"},
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    drawn = b""
    with contextlib.suppress(OSError):  # Linux says so when the other side is closed
        while piece := os.read(screen, 65536):
            drawn += piece
    os.close(screen)
    assert process.wait(60) == 0
    return drawn.decode()


def test_on_a_terminal_indexing_draws_a_bar(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"The ferry sailed at {number} o'clock, she said.")
    drawn = on_a_terminal("index", tmp_path, data_dir=tmp_path / "data")
    assert "━" in drawn
    assert re.search(r"100% 5/5 files · 5 articles", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn))


def test_on_a_terminal_answers_wrap_at_its_width(data_dir):
    drawn = on_a_terminal("ask", "Why was the Lantern Bridge closed?", data_dir=data_dir)
    rows = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn).splitlines()
    assert all(len(row.rstrip()) <= 60 for row in rows if "https://" not in row)
    assert any("Lantern Bridge was closed" in row for row in rows)


def test_files_of_other_kinds_are_told(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "news.txt").write_text("A walrus came ashore on Friday, people said.")
    (folder / "picture.png").write_bytes(b"png")
    done = pullquote("index", folder, data_dir=tmp_path / "data")
    assert done.returncode == 0
    assert "files of other kinds, not read: 1" in done.stdout


def test_a_batch_from_standard_input_may_begin_with_a_byte_order_mark(data_dir):
    line = '\ufeff{"id": 1, "question": "Why was the bridge closed?"}\n'
    done = pullquote("ask", "--batch", "-", "--json", data_dir=data_dir, stdin=line)
    assert json.loads(done.stdout)["answered"] is True
