from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.views import limits
from bot.views.escaping import clean
from bot.views.thread_name import THREAD_NAME_LENGTH, thread_name


def test_a_thread_is_called_as_its_question_or_as_its_beginning():
    assert thread_name("Did it\n  rain?") == "Did it rain?"
    long = thread_name("Did it rain? " * 30)
    assert long is not None
    assert long.startswith("Did it rain? Did it rain?")
    assert long.endswith("…")
    assert thread_name("\u200b \u202e") is None


@given(st.text(max_size=400) | st.text("😀 a", max_size=400))
def test_whatever_is_asked_its_thread_has_a_name_that_discord_takes(question: str):
    name = thread_name(question)
    if name is None:
        assert not clean(question).split()
    else:
        assert 1 <= limits.length(name) <= THREAD_NAME_LENGTH
        assert "\n" not in name
        assert clean(name) == name
