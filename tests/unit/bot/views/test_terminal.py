import io

import pytest
from rich.console import Console

from bot.views.terminal import Line, one_line, print_lines, visible

LONG = "The Lantern Bridge was closed to all traffic on Tuesday " * 8


def printed(*lines: Line, width: int | None = None) -> str:
    out = io.StringIO()
    print_lines(Console(file=out, force_terminal=width is not None, width=width), lines)
    return out.getvalue()


def test_in_a_pipe_a_line_stays_whole_and_without_style():
    assert printed(Line(LONG.strip(), "bold", 3)) == f"   {LONG.strip()}\n"


def test_on_a_terminal_lines_wrap_at_its_width_and_keep_their_indent():
    rows = printed(Line(LONG.strip(), indent=3), width=40).splitlines()
    assert all(row.startswith("   ") and len(row) <= 40 for row in rows)
    assert " ".join(" ".join(rows).split()) == LONG.strip()


def test_an_address_is_never_broken():
    address = "https://courier.example/" + "a" * 90
    assert address in printed(Line(address, "cyan", 3, wraps=False), width=40)


def test_every_line_of_a_text_is_indented():
    assert printed(Line("one\ntwo", indent=2)) == "  one\n  two\n"


@pytest.mark.parametrize("markup", ["[bold]x[/bold]", "[link=https://x]y[/link]", ":smile:"])
def test_nothing_is_taken_for_markup(markup):
    assert printed(Line(markup)) == f"{markup}\n"
    assert markup in printed(Line(markup), width=80)


def test_control_characters_are_shown_as_spaces():
    assert visible("a\x1b[31mb\u202ec\r\nd\u200be") == "a [31mb c\nd e"
    assert one_line(" a\n\tb\x07 ") == "a b"
