"""What is drawn and what wakes people is about figures that the program exports."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.operations.metrics import Metrics
from bot.operations.vitals import LONGEST_LAG_SECONDS, OLDEST_INDEX_SECONDS, Vitals
from tests.unit.documents import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BOARD = json.loads(text_of("deploy/grafana-board.json"))
PANELS = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
RULES = yaml.safe_load(text_of("deploy/prometheus-alarms.yaml"))["groups"][0]["rules"]
ALARMS = {rule["alert"]: rule["expr"] for rule in RULES}
EXPRESSIONS = [target["expr"] for panel in PANELS for target in panel["targets"]]

# what Prometheus adds to whatever it scrapes
OF_PROMETHEUS = {"job", "instance"}
LANGUAGE = {"sum", "min", "max", "rate", "increase", "time", "histogram_quantile", "by"}
WIDTH = 24

SELECTOR = re.compile(r"([a-z_]+)(?:\{([^}]*)\})?")
BY = re.compile(r"\bby \(([^)]*)\)")
LABEL = re.compile(r'([a-z_]+)\s*(?:=~|!~|!=|=)\s*"[^"]*"')
OUTCOME = re.compile(r'outcome=~?"([^"]*)"')


def exported() -> dict[str, set[str]]:
    """The labels of every figure there is, once something of everything has happened."""
    metrics = Metrics()
    metrics.ended("ask", "answered", 0.1)
    metrics.acknowledged(0.1)
    metrics.feed_failed()
    text = metrics.text(Vitals(None, None, 0.0)).decode()
    return {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        # when a count began, which Prometheus has no use for
        if not sample.name.endswith("_created")
    }


EXPORTED = exported()


def used(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Each figure of an expression, with the labels that are asked of it."""
    grouped = {each.strip() for found in BY.findall(expression) for each in found.split(",")}
    rest = re.sub(r"\[[^]]*\]", "", BY.sub("", expression))
    for name, selected in SELECTOR.findall(rest):
        if name not in LANGUAGE and len(name) > 1:
            yield name, {*LABEL.findall(selected), *grouped}


def test_an_expression_is_taken_apart():
    expression = 'sum by (le, route) (rate(a_bucket{job="$job", outcome=~"x|y"}[5m])) / b_total > 1'
    assert list(used(expression)) == [
        ("a_bucket", {"job", "outcome", "le", "route"}),
        ("b_total", {"le", "route"}),
    ]


@pytest.mark.parametrize("expression", [*EXPRESSIONS, *ALARMS.values()])
def test_every_figure_that_is_asked_for_is_exported_with_its_labels(expression: str):
    figures = [each for each in used(expression) if each[0] != "up"]  # Prometheus' own
    assert figures or "up{" in expression
    for name, labels in figures:
        assert name in EXPORTED
        assert labels <= EXPORTED[name] | OF_PROMETHEUS


def test_every_figure_that_is_exported_is_on_the_board():
    drawn = {name for expression in EXPRESSIONS for name, _ in used(expression)}
    assert set(EXPORTED) - drawn == set()


def test_every_figure_is_explained_in_the_readme():
    readme = text_of("README.md")
    families = {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in EXPORTED}
    ours = {name for name in families if not name.startswith("process_")}
    assert [name for name in sorted(ours) if f"`{name}" not in readme] == []


def test_outcomes_that_are_asked_for_are_those_that_the_readme_tells():
    told = text_of("README.md").partition("`outcome` is ")[2].partition(" |")[0]
    asked = {
        outcome
        for expression in [*EXPRESSIONS, *ALARMS.values()]
        for found in OUTCOME.findall(expression)
        for outcome in found.split("|")
    }
    assert asked
    assert asked <= set(re.findall(r"`([a-z]+)`", told))


def test_alarms_and_lines_on_the_board_are_where_the_bot_says_it_is_not_well():
    assert ALARMS["PullquoteIsHeldUp"].endswith(f">= {LONGEST_LAG_SECONDS:.0f}")
    assert ALARMS["PullquoteIndexIsOld"].endswith(f"> {OLDEST_INDEX_SECONDS:.0f}")
    expected = {
        "pullquote_event_loop_lag_seconds": LONGEST_LAG_SECONDS,
        "pullquote_index_age_seconds": OLDEST_INDEX_SECONDS,
    }
    for panel in PANELS:
        for name, limit in expected.items():
            if name in panel["targets"][0]["expr"]:
                steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
                assert steps[-1] == {"color": "red", "value": limit}


def test_every_alarm_tells_what_it_is():
    for rule in RULES:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"].endswith(".")


def place(panel: dict[str, Any]) -> set[tuple[int, int]]:
    at = panel["gridPos"]
    columns, rows = range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"])
    return {(column, row) for column in columns for row in rows}


def test_panels_explain_themselves_and_do_not_cover_each_other():
    everything = BOARD["panels"]
    assert len({panel["id"] for panel in everything}) == len(everything)
    assert all(panel["description"].endswith(".") for panel in PANELS)
    assert all(column < WIDTH for panel in everything for column, _ in place(panel))
    for one, other in combinations(everything, 2):
        assert not place(one) & place(other), (one["title"], other["title"])


def test_the_board_asks_whichever_prometheus_is_chosen():
    variables = {each["name"] for each in BOARD["templating"]["list"]}
    assert set(re.findall(r"\$\{?([a-z]+)\}?", json.dumps(PANELS))) <= variables
    for panel in PANELS:
        for asked in (panel, *panel["targets"]):
            assert asked["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
