"""What a thread is called that is opened for a question. Pure."""

from __future__ import annotations

from bot.views import limits
from bot.views.escaping import clean
from bot.views.shortening import shortened

THREAD_NAME_LENGTH = 100


def thread_name(question: str) -> str | None:
    """Return the question on one line, or its beginning; None where it has nothing to see.

    Discord shows the names of threads as they are, without markdown or mentions.
    """
    line = " ".join(clean(question).split())
    names = (shortened(line, longest) for longest in range(THREAD_NAME_LENGTH, 0, -1))
    return limits.first_fitting(names, limits.length, THREAD_NAME_LENGTH) or None
