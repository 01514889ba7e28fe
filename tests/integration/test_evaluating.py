"""`pullquote evaluate` as a person types it: whole processes, files written and complaints."""

import json
import re
from pathlib import Path

import pytest

from tests.integration.test_command_line import on_a_terminal
from tests.integration.typed import pullquote

STORIES = [
    {
        "id": "bridge",
        "title": "Lantern Bridge closes",
        "text": "The Lantern Bridge was closed on Tuesday because a bearing had cracked.",
        "published": "2026-03-03",
    },
    {
        "id": "ferry",
        "title": "Ferry to run",
        "text": "A ferry will run every twenty minutes from Thursday, the skipper said.",
        "published": "2026-03-05",
    },
]
QUESTIONS = [
    {
        "id": "why",
        "question": "Why was the Lantern Bridge closed?",
        "date": "2026-03-04",
        "answers": ["a bearing had cracked"],
        "evidence": [{"article_id": "bridge", "text": STORIES[0]["text"]}],
        "answerable": True,
        "type": "why",
    },
    {
        "id": 2,
        "question": "How often will the ferry run?",
        "answers": ["every twenty minutes"],
        "evidence": [{"article_id": "ferry", "text": STORIES[1]["text"]}],
        "answerable": True,
    },
    {"id": "no", "question": "Who won the 2022 World Cup?", "answerable": False},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Articles, questions, and what `evaluate` writes about them."""
    folder = tmp_path_factory.mktemp("judged")
    for name, values in (("news", STORIES), ("questions", QUESTIONS)):
        lines = "".join(f"{json.dumps(value)}\n" for value in values)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def evaluate(folder: Path, *options: object):
    return pullquote(
        "evaluate", "--questions", folder / "questions.jsonl", *options, data_dir=folder / "data"
    )


@pytest.fixture(scope="module")
def done(folder):
    return evaluate(
        folder,
        *("--corpus", folder / "news.jsonl"),
        *("--run", folder / "out" / "run.jsonl"),
        *("--trec", folder / "trec"),
        *("--beir", folder / "beir"),
        *("--measure", "AP@10"),
    )


def test_every_figure_is_printed_with_its_interval(done):
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^quote@1 +1\.000 +1\.000 to 1\.000 +2$", done.stdout, re.MULTILINE)
    assert re.search(r"^silent if not +1\.000 +1\.000 to 1\.000 +1$", done.stdout, re.MULTILINE)
    assert re.search(r"^why +1 ", done.stdout, re.MULTILINE)
    assert "expected calibration error" in done.stdout
    assert re.search(r"^AP@10 +1\.000$", done.stdout, re.MULTILINE)


def test_the_run_is_what_a_batch_prints(done, folder):
    assert done.returncode == 0
    assert pullquote("index", folder / "news.jsonl", data_dir=folder / "kept").returncode == 0
    batch = pullquote(
        "ask", "--batch", folder / "questions.jsonl", "--json", data_dir=folder / "kept"
    )
    assert (folder / "out" / "run.jsonl").read_text(encoding="utf-8") == batch.stdout


def test_a_corpus_is_indexed_for_the_moment_only(done, folder):
    assert done.returncode == 0
    assert not (folder / "data").exists()


def test_without_a_corpus_the_data_directory_is_asked(folder):
    missing = evaluate(folder)
    assert missing.returncode == 1
    assert "There is no news in" in missing.stderr
    kept = folder / "kept too"
    pullquote("index", folder / "news.jsonl", data_dir=kept)
    found = evaluate(folder, "--json", "--data-dir", kept)
    assert json.loads(found.stdout)["figures"]["quote@1"]["value"] == 1
    early = evaluate(folder, "--json", "--data-dir", kept, "--before", "2026-03-04")
    assert json.loads(early.stdout)["passages"] == 1


def test_only_articles_published_before_a_day_are_asked(folder):
    corpus = ("--corpus", folder / "news.jsonl")
    said = json.loads(evaluate(folder, *corpus, "--before", "2026-03-05", "--json").stdout)
    assert (said["passages"], said["questions_without_their_articles"]) == (1, 1)
    assert said["figures"]["quote@1"]["value"] == 0.5
    none = evaluate(folder, *corpus, "--before", "2026-03-03")
    assert none.returncode == 1
    assert "choose a later day for --before" in none.stderr


def test_json_is_one_object_and_compares_with_another_run(done, folder):
    assert done.returncode == 0
    run = folder / "out" / "run.jsonl"
    shorter = folder / "shorter.jsonl"
    shorter.write_text(run.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    asked = evaluate(folder, "--corpus", folder / "news.jsonl", "--json", "--against", shorter)
    said = json.loads(asked.stdout)
    assert asked.stdout.count("\n") == 1
    assert said["questions"] == 3
    assert said["types"]["why"]["questions"] == 1
    assert said["against"]["quote@1"]["value"] == 0.5
    assert said["against"]["silent_if_not"]["value"] == 0


def test_a_run_of_another_tool_is_compared_by_its_articles(done, folder):
    assert done.returncode == 0
    asked = evaluate(
        folder,
        *("--corpus", folder / "news.jsonl"),
        *("--against", folder / "trec" / "articles.run"),
        *("--qrels", folder / "trec" / "articles.qrels"),
    )
    _, _, compared = asked.stdout.partition("question by question:")
    assert re.search(r"^article hits@1 +0\.000 +0\.000 to 0\.000 +2$", compared, re.MULTILINE)
    assert "quote@1" not in compared


def test_a_beir_folder_is_asked_about_its_own_corpus(done, folder):
    assert done.returncode == 0
    said = pullquote("evaluate", "--questions", folder / "beir", "--json", data_dir=folder / "no")
    value = json.loads(said.stdout)
    assert (value["questions"], value["passages"]) == (2, 2)
    assert value["figures"]["article_ndcg@10"]["value"] == 1
    assert "quote@1" not in value["figures"]


def test_what_cannot_be_read_is_told_and_the_rest_is_asked(folder, tmp_path):
    (tmp_path / "news.jsonl").write_text(
        (folder / "news.jsonl").read_text(encoding="utf-8") + "{\n", encoding="utf-8"
    )
    done = evaluate(folder, "--corpus", tmp_path)
    assert done.returncode == 0
    assert re.fullmatch(r"refused: \S*news\.jsonl.*\n", done.stderr)
    (tmp_path / "news.jsonl").write_text("{\n", encoding="utf-8")
    none = evaluate(folder, "--corpus", tmp_path)
    assert none.returncode == 1
    assert "holds no article" in none.stderr


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--corpus", "nowhere"], 1, "nowhere is not there"),
        (["--corpus", ".", "--data-dir", "d"], 2, "leave out --data-dir"),
        (["--corpus", ".", "--against", "nowhere.jsonl"], 1, "nowhere.jsonl cannot be read"),
        (["--corpus", ".", "--qrels", "pyproject.toml"], 1, "pyproject.toml, line 1: "),
        (["--corpus", ".", "--before", "soon"], 2, "write it like 2026-03-04"),
        (["--corpus", ".", "--measure", "nonsense"], 1, "write names like AP@10"),
    ],
)
def test_a_mistake_is_one_sentence_before_anything_is_asked(folder, options, status, told):
    done = evaluate(folder, *options)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_on_a_terminal_asking_draws_a_bar(done, folder):
    assert done.returncode == 0
    kept = folder / "drawn"
    pullquote("index", folder / "news.jsonl", data_dir=kept)
    drawn = on_a_terminal("evaluate", "--questions", folder / "questions.jsonl", data_dir=kept)
    assert re.search(r"3/3 questions", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn))
