"""What docs/operating.md says of reasons, alarms and logs is what the program says."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.operations.vitals import IndexState, Vitals, reasons_not_ready
from bot.settings import names
from tests.unit.documents import ROOT, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = text_of("docs/operating.md")
ALARMS = yaml.safe_load(text_of("deploy/prometheus-alarms.yaml"))
SETTINGS_OF_RETENTION = {
    name for name in names() if re.search(r"_(KEEP|KEPT|LEFT|REVISION|SERVER_ARTICLES)(_|$)", name)
}


def section(name: str) -> str:
    return GUIDE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    return [cell for cell in re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE) if cell != "reason"]


@dataclass(frozen=True)
class Connection:
    latency_seconds: float
    is_connected: bool = True
    server_count: int = 1
    silence_seconds: float | None = 1.0


def reasons() -> Iterator[str]:
    """Every one that there is."""
    late = IndexState(1, 100.0)
    yield from reasons_not_ready(Vitals(None, None, 4.0))
    yield from reasons_not_ready(Vitals(Connection(math.nan), late, 0.0))


def test_every_reason_not_to_be_ready_is_explained():
    told = [cell.partition("…")[0].strip() for cell in first_cells(section("Health"))]
    given = list(reasons())
    assert len(given) == len(told)
    assert all(any(reason.startswith(start) for start in told) for reason in given)


def test_every_alarm_is_explained_and_no_other():
    alarms = [rule["alert"] for group in ALARMS["groups"] for rule in group["rules"]]
    explained = [cell for cell in first_cells(section("Metrics and alarms")) if cell != "alarm"]
    assert explained == alarms


@pytest.fixture(scope="module")
def code() -> str:
    modules = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "index").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in modules)


def test_every_line_of_a_log_that_is_explained_is_written(code: str):
    cells = [cell for cell in first_cells(section("Logs")) if cell != "`event`"]
    events = {event for cell in cells for event in re.findall(r"`([^`]+)`", cell)}
    assert len(events) > 10
    assert [event for event in sorted(events) if f'"{event}"' not in code] == []


def test_every_setting_of_retention_is_explained():
    named = set(re.findall(r"PULLQUOTE_[A-Z_]+", section("Retention")))
    assert named == SETTINGS_OF_RETENTION


def test_figures_are_those_of_the_readme():
    readme = text_of("README.md")
    figures = re.findall(r"(\d[\d,.]*) (?:s|MB)\b", section("Sizing").partition("| |")[2])
    assert len(figures) > 10
    known = set(re.findall(r"\d[\d,.]*\d|\d", readme))
    assert [figure for figure in figures if figure not in known] == []
