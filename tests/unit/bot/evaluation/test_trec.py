import sys

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Success, nDCG

from bot.evaluation.asking import Run
from bot.evaluation.files import read_qrels, read_run, write_all
from bot.evaluation.outside import measured_by_others
from bot.evaluation.replies import Excerpt, Reply
from bot.evaluation.report import outcomes_of
from bot.evaluation.sampling import figures_of
from bot.evaluation.trec import graded, trec_files
from index import PullquoteError
from tests.unit.bot.evaluation.small_news import CLOSED, FERRY, QUESTIONS, asked

THEIRS = {"hits@1": Success @ 1, "hits@4": Success @ 4, "mrr@10": RR @ 10, "ndcg@10": nDCG @ 10}


@pytest.fixture(scope="module")
def run() -> Run:
    return asked()


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trec") / "made if missing"
    write_all(folder, trec_files(run, QUESTIONS))
    return folder


@pytest.mark.parametrize("what", ["passage", "article"])
def test_our_measures_are_those_of_ir_measures_on_the_files_written(run, folder, what):
    ours = figures_of(outcomes_of(QUESTIONS, run.replies, run.relevant))
    theirs = ir_measures.calc_aggregate(
        THEIRS.values(),
        list(ir_measures.read_trec_qrels(str(folder / f"{what}s.qrels"))),
        list(ir_measures.read_trec_run(str(folder / f"{what}s.run"))),
    )
    for name, measure in THEIRS.items():
        assert ours[f"{what}_{name}"] == pytest.approx(theirs[measure]), name
    assert 0 < ours[f"{what}_mrr@10"] < 1


def test_names_have_no_white_space_and_evidence_that_is_gone_is_counted(folder):
    qrels = (folder / "passages.qrels").read_text(encoding="utf-8").splitlines()
    assert qrels == [
        f"why 0 copy#0-{len(CLOSED)} 1",
        f"2 0 ferry#0-{len(FERRY)} 1",
        "is%20gone 0 walrus 0",
    ]
    found = (folder / "articles.run").read_text(encoding="utf-8").splitlines()
    assert found[0].startswith("why Q0 bridge%20closes 1 ")
    assert all(len(line.split()) == 6 for line in found)


def test_a_run_of_articles_is_read_back_as_it_was(run, folder):
    read = read_run(folder / "articles.run")
    ours = outcomes_of(QUESTIONS, run.replies, run.relevant)
    theirs = outcomes_of(QUESTIONS, read, run.relevant)
    for name in ("article_hits@1", "article_mrr@10", "article_ndcg@10"):
        assert figures_of(ours)[name] == figures_of(theirs)[name]
    assert theirs.count("quote@1") == 0


def test_equal_scores_are_read_as_trec_eval_orders_them(tmp_path):
    path = tmp_path / "a.run"
    path.write_text("q Q0 a 1 2.5 x\nq Q0 b 2 2.5 x\nq Q0 c 3 7 x\n", encoding="utf-8")
    assert read_run(path)["q"].article_ids == ["c", "b", "a"]


@given(st.lists(st.floats(0, 50, width=32), min_size=1, max_size=10))
def test_written_scores_fall_strictly_even_in_32_bits(scores):
    hits = tuple(Excerpt(f"a{n}", "x", 0, 1, score) for n, score in enumerate(scores))
    run = Run(replies={"q": Reply(hits=hits)})
    lines = [line.split() for line in trec_files(run, [])["articles.run"]]
    run_lines = [ir_measures.ScoredDoc(line[0], line[2], float(line[4])) for line in lines]
    qrels = [ir_measures.Qrel("q", line[2], 1) for line in lines[-1:]]
    assert ir_measures.calc_aggregate([RR], qrels, run_lines)[RR] == pytest.approx(1 / len(scores))


def test_qrels_grade_the_articles_of_their_questions(tmp_path):
    path = tmp_path / "own.qrels"
    path.write_text("why 0 copy 2\nwhy 0 bridge%20closes 1\n", encoding="utf-8")
    why, ferry, *_ = graded(QUESTIONS, read_qrels(path))
    assert dict(why.grades) == {"copy": 2, "bridge%20closes": 1}
    assert dict(ferry.grades) == {}
    assert why.evidence == QUESTIONS[0].evidence
    run = asked()
    outcomes = outcomes_of([why], run.replies, run.relevant)
    assert figures_of(outcomes)["article_hits@1"] == 1


@pytest.mark.parametrize(
    ("read", "line"),
    [
        (read_qrels, "q 0 a"),
        (read_qrels, "q 0 a much"),
        (read_run, "q Q0 a 1 2.5"),
        (read_run, "q Q0 a 1 high x"),
        (read_run, "{"),
        (read_run, '{"id": 1}'),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_line(tmp_path, read, line):
    path = tmp_path / "file"
    first = {"q 0": "q 0 a 1", "q Q": "q Q0 a 1 1 x"}.get(line[:3], "")
    path.write_text(f"{first}\n{line}\n", encoding="utf-8")
    if not first:
        path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(PullquoteError, match="file, line 2: "):
        read(path)


def test_any_measure_of_ir_measures_can_be_had(run):
    found = measured_by_others(["AP@10", "P@1"], run, QUESTIONS)
    assert found["passages"]["P@1"] == pytest.approx(1 / 3)
    assert found["articles"]["AP@10"] == pytest.approx((1 / 2 + 1) / 3)


@pytest.mark.parametrize("name", ["nonsense", "AP@", "alpha_nDCG@10"])
def test_a_measure_that_is_not_known_is_told_in_one_line(run, name):
    with pytest.raises(PullquoteError, match=r"write names like AP@10") as caught:
        measured_by_others([name], run, QUESTIONS)
    assert "\n" not in str(caught.value)


def test_without_ir_measures_it_is_said_how_to_install_it(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(PullquoteError, match=r"pip install 'pullquote\[evaluate\]'"):
        measured_by_others(["AP@10"], run, QUESTIONS)


@pytest.mark.parametrize("grade", ["2147483648", "-9" + "9" * 30])
def test_a_grade_that_trec_eval_cannot_hold_is_refused(tmp_path, grade):
    (tmp_path / "qrels").write_text(f"1 0 a {grade}\n", encoding="utf-8")
    with pytest.raises(PullquoteError, match=r"line 1: .* no grade"):
        read_qrels(tmp_path / "qrels")
