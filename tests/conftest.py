"""What tests of every kind share."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# how long an example takes tells of the machine, and of what else it is doing
settings.register_profile("pullquote", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pullquote")
# what several tests assert in one place is told as fully as what a test asserts
pytest.register_assert_rewrite("tests.integration.agreement")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-rankings",
        action="store_true",
        help="write the rankings that tests/relevance expects anew",
    )
    parser.addoption(
        "--write-texts",
        action="store_true",
        help="bring the texts of every language in bot/texts up to date with the code",
    )


@pytest.fixture
def _logging_as_it_was() -> Iterator[None]:
    """Undo what a test does to the logging of the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()
