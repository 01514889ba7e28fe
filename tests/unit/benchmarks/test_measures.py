from __future__ import annotations

import pytest

from benchmarks.engines.corpus import Feed
from benchmarks.engines.generator import generate
from benchmarks.engines.machine import memory
from benchmarks.engines.measures import building, racing, serving, updating
from benchmarks.engines.protocol import Persistent
from benchmarks.engines.questions import draw_questions
from benchmarks.engines.reference import Postings
from benchmarks.engines.registry import ENGINES, available
from benchmarks.engines.workspace import Plan, Workspace

PASSAGE_COUNT = 600
# those that need no library but Pullquote's own
NAMES = ["ours", "sqlite-fts5", "rank-bm25", "reference"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    corpus = generate(PASSAGE_COUNT, seed=7)
    postings = Postings.of(corpus)
    made = Workspace(tmp_path_factory.mktemp("workspace"))
    plan = Plan(repeats=1, judged_count=10, update_count=4, serving_count=5)
    questions = draw_questions(corpus, postings, 10, seed=7)
    made.prepare(corpus, questions, postings.document_frequencies, plan)
    for name in NAMES:
        if issubclass(ENGINES[name], Persistent):
            made.built(name).mkdir(parents=True)
            ENGINES[name]().build(Feed(corpus), made.built(name))
    return made


def test_engines_race_and_their_answers_are_judged(workspace):
    figures = racing.measure(NAMES, workspace)

    assert [of_engine["overlap"] for of_engine in figures.values()] == pytest.approx(
        [1, 0.95, 1, 1], abs=0.1
    )
    assert all(0 < f["p50 ms"] <= f["p99 ms"] and f["questions"] == 10 for f in figures.values())
    assert [name for name in NAMES if "filter p50 ms" in figures[name]] == [
        "ours",
        "sqlite-fts5",
        "reference",
    ]
    assert figures["ours"]["filter overlap"] == 1
    assert figures["ours"]["score difference"] < 1e-9


def test_articles_come_and_go(workspace):
    manifest = workspace.built("ours") / "manifest.json"
    before = manifest.read_bytes()

    figures = updating.measure(NAMES, workspace)

    assert list(figures) == ["ours", "sqlite-fts5"]
    kinds = ("add", "delete", "durable add", "durable delete")
    for of_engine in figures.values():
        assert set(of_engine) == {f"{kind} {part} ms" for kind in kinds for part in ("p50", "p99")}
    assert manifest.read_bytes() == before, "what the other measures read was changed"


def test_an_engine_without_updates_has_no_figures_for_them(workspace):
    assert updating.measure(["rank-bm25"], workspace) == {}
    assert serving.measure("rank-bm25", workspace) == {}


def test_memory_to_serve_is_told_apart(workspace):
    figures = serving.measure("sqlite-fts5", workspace)

    assert figures["open ms"] > 0
    assert ("private MB" in figures) == (memory() is not None)


def test_a_build_is_weighed(workspace):
    elsewhere = Workspace(workspace.directory / "again")
    corpus = workspace.corpus
    elsewhere.prepare(corpus, workspace.questions, workspace.document_frequencies, workspace.plan)

    figures = building.measure("sqlite-fts5", elsewhere)

    assert figures["build s"] > 0
    assert figures["disk bytes a posting"] == pytest.approx(
        figures["disk MB"] * 1e6 / workspace.document_frequencies.sum()
    )


def test_engines_that_cannot_take_so_much_are_left_out(capsys):
    assert available(["reference", "rank-bm25"], 200_000) == ["reference"]

    assert capsys.readouterr().out == "rank-bm25 is asked for 100,000 passages at most: left out\n"
