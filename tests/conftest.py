"""What tests of every kind share."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import structlog

if TYPE_CHECKING:
    from collections.abc import Iterator

# what several tests assert in one place is told as fully as what a test asserts
pytest.register_assert_rewrite("tests.integration.agreement")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-rankings",
        action="store_true",
        help="write the rankings that tests/relevance expects anew",
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
