from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from benchmarks.engines.growth import Growth
from benchmarks.engines.svg import Axis, Line, draw
from benchmarks.engines.table import Row, rounded, table

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = {
    "ours": {"p50": 0.1, "p99": 0.2, "disk": 50.0},
    "slow": {"p50": 0.4, "p99": 0.8, "disk": 100.0},
    "fast": {"p50": 0.2, "p99": 0.9},
    "reference": {"p50": 0.01, "p99": 0.01},
}


def test_ours_is_divided_by_the_best_peer_of_each_row():
    rows = [Row("latency", ("p50", "p99")), Row("disk", ("disk",)), Row("memory", ("mb",))]

    lines = table(FIGURES, rows).splitlines()

    assert lines[0] == "|  | ours | slow | fast | reference | ours / best peer |"
    assert lines[2] == (
        "| latency | .10 / .20 | .40 / .80 | .20 / .90 | .010 / .010 | .50 / .25 (fast) |"
    )
    assert lines[3] == "| disk | 50.0 | 100 | – | – | .50 (slow) |"
    assert len(lines) == 4


def test_what_is_not_compared_has_no_ratio():
    line = table(FIGURES, [Row("latency", ("p50",), is_compared=False)]).splitlines()[-1]

    assert line.endswith("|  |")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.0123, ".012"), (0.5, ".50"), (1.234, "1.23"), (45.67, "45.7"), (4321.0, "4,321")],
)
def test_numbers_are_rounded_to_what_matters(value, text):
    assert rounded(value) == text


def test_a_logarithmic_axis_has_round_ticks():
    axis = Axis(0.05, 2, 0, 100)

    assert axis.ticks == pytest.approx([0.05, 0.1, 0.2, 0.5, 1, 2])
    assert axis.at(0.05) == 0
    assert axis.at(2) == 100


def test_the_plot_is_well_formed_and_labels_every_line():
    lines = [
        Line("a < b", [(1e5, 0.1), (1e6, 0.9)]),
        Line("near", [(1e5, 0.1), (1e6, 0.91)]),
        Line("limit", [(1e5, 0.02), (1e6, 0.2)], is_limit=True),
    ]

    drawn = draw(lines, title="t & u", x_label="passages", y_label="ms", note="")

    svg = ET.fromstring(drawn)  # noqa: S314 # our own

    texts = {element.text: element for element in svg.iter(f"{SVG}text")}
    assert {"a < b", "near", "limit", "passages", "ms", "100 k", "1 M"} <= set(texts)
    heights = sorted(float(texts[label].attrib["y"]) for label in ("a < b", "near", "limit"))
    assert all(b - a >= 16 for a, b in pairwise(heights))
    assert len(list(svg.iter(f"{SVG}circle"))) == 4


def test_a_label_stays_at_its_line_where_another_line_goes_on():
    lines = [Line("short", [(1e5, 0.1), (1e6, 0.9)]), Line("long", [(1e5, 0.1), (3e6, 0.95)])]

    svg = ET.fromstring(draw(lines, title="", x_label="", y_label="", note=""))  # noqa: S314 # our own

    ends = [circle.attrib["cy"] for circle in svg.iter(f"{SVG}circle")][1::2]
    labels = {e.text: float(e.attrib["y"]) for e in svg.iter(f"{SVG}text")}
    assert [labels["short"], labels["long"]] == [float(end) + 4 for end in ends]


def test_growth_draws_what_memory_allows_beside_the_engines():
    growth = Growth(
        figures={1000: {"ours": {"p50 ms": 0.1, "disk bytes a posting": 4.0}}},
        touched={1000: 2e6},
        gigabytes_a_second=8.0,
    )

    ours, limit = growth.lines

    assert (ours.label, ours.points) == ("Pullquote", [(1000, 0.1)])
    assert limit.is_limit
    assert limit.points == [(1000, pytest.approx(1.0))]
