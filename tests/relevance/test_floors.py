"""The answers are as good as they have been: every figure is held to its floor in floors.toml."""

import tomllib
from pathlib import Path

import pytest

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
# a figure so much higher could fall by as much, and nobody would notice
ROOM = 0.03

PUBLIC_SETS = Path(__file__).parents[3] / "shared" / "data"
QUESTIONS = {"multihop_rag": "questions_tune.jsonl"}

needs_public_sets = pytest.mark.skipif(
    not PUBLIC_SETS.exists(), reason="the public sets are not beside this checkout"
)


def floors_of(name: str) -> list[tuple[str, float]]:
    return list(FLOORS[name].items())


def check(figures, name, measure, floor):
    figure = figures[measure]
    assert figure >= floor, f"{name}: {measure} has fallen to {figure:.4f}, its floor is {floor}"
    assert figure < floor + ROOM, (
        f"{name}: {measure} is {figure:.4f}, well above its floor {floor}; "
        "raise the floor in floors.toml"
    )


def test_a_figure_below_its_floor_fails_and_one_far_above_asks_to_raise_it():
    check({"quote@1": 0.5}, "a set", "quote@1", 0.5)
    check({"quote@1": 0.529}, "a set", "quote@1", 0.5)
    with pytest.raises(AssertionError, match=r"a set: quote@1 has fallen to 0\.4999"):
        check({"quote@1": 0.4999}, "a set", "quote@1", 0.5)
    with pytest.raises(AssertionError, match="raise the floor"):
        check({"quote@1": 0.53}, "a set", "quote@1", 0.5)


@pytest.fixture(scope="module")
def sample_figures(sample):
    return sample.figures()


@pytest.fixture(scope="module")
def public_figures(evaluate):
    known = {}

    def figures(name: str) -> dict[str, float]:
        if name not in known:
            folder = PUBLIC_SETS / name
            questions = folder / QUESTIONS.get(name, "questions.jsonl")
            known[name] = evaluate(folder / "corpus.jsonl.gz", questions).figures()
        return known[name]

    return figures


@pytest.mark.parametrize(("measure", "floor"), floors_of("sample"))
def test_the_sample_news_is_answered_as_well_as_before(sample_figures, measure, floor):
    check(sample_figures, "sample", measure, floor)


@needs_public_sets
@pytest.mark.parametrize(
    ("name", "measure", "floor"),
    [(name, *each) for name in FLOORS if name != "sample" for each in floors_of(name)],
)
def test_a_public_set_is_answered_as_well_as_before(public_figures, name, measure, floor):
    check(public_figures(name), name, measure, floor)


def test_every_set_has_a_floor_for_quotes_passages_and_abstaining():
    wanted = {"quote@1", "quote@3", "passage_mrr@10", "auroc", "balanced_accuracy"}
    for name, floors in FLOORS.items():
        assert set(floors) == wanted, name
