"""Lines on two logarithmic axes as SVG, in colours that can be read on white and on black."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDTH, _HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 190, 44, 52
_GREY = "#808080"
_COLOURS = ("#e0434f", "#3a86e0", "#d98200", "#2f9e63", "#9a6bdb", "#1f9aa8", "#b0568f")
_LABEL_GAP = 17
_STEPS = (1, 2, 5)
_LONG = 1000
_OPENING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    ' font-family="system-ui, sans-serif" font-size="13" role="img">'
)


@dataclass(frozen=True)
class Line:
    """Points from left to right, and what they are called."""

    label: str
    points: Sequence[tuple[float, float]]
    is_limit: bool = False
    """A limit is dashed and grey."""


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis between two values, on some pixels."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(self.start + share * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[float]:
        """The values 1, 2 and 5 of each power of ten on the axis; only 1 on a long one."""
        steps = _STEPS if self.high / self.low < _LONG else _STEPS[:1]
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        values = (step * 10.0**power for power in powers for step in steps)
        slack = 1 + 1e-9
        return [value for value in values if self.low / slack <= value <= self.high * slack]


def draw(lines: Sequence[Line], *, title: str, x_label: str, y_label: str, note: str) -> str:
    """Return an SVG document. Every line is labelled at its end; the x ticks are the points'."""
    xs = sorted({x for line in lines for x, _ in line.points})
    ys = [y for line in lines for _, y in line.points]
    across = Axis(xs[0], xs[-1] if len(xs) > 1 else xs[0] * 10, _LEFT, _WIDTH - _RIGHT)
    up = Axis(_below(min(ys)), _above(max(ys)), _HEIGHT - _BOTTOM, _TOP)
    parts = [
        _OPENING,
        f"<title>{escape(title)}</title>",
        *_grid(xs, across, up),
        _text(_LEFT, _TOP - 22, y_label, anchor="start"),
        _text((across.start + across.end) / 2, _HEIGHT - 10, x_label),
        _text(_WIDTH - 8, _HEIGHT - 10, note, anchor="end"),
        *_drawn(lines, across, up),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _below(value: float) -> float:
    """Return the next value of 1, 2 and 5 at or below one."""
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in _STEPS if step * power <= value * (1 + 1e-9))


def _above(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return min(step * power for step in (*_STEPS, 10) if step * power >= value * (1 - 1e-9))


def _grid(xs: Sequence[float], across: Axis, up: Axis) -> Iterator[str]:
    for y in up.ticks:
        yield _stroke(f"M{across.start} {up.at(y)}H{across.end}", _GREY, opacity=0.25)
        yield _text(across.start - 8, up.at(y) + 4, f"{y:g}", anchor="end")
    for x in xs:
        yield _stroke(f"M{across.at(x)} {up.start}v5", _GREY)
        yield _text(across.at(x), up.start + 20, _short(x))
    yield _stroke(f"M{across.start} {up.start}H{across.end}", _GREY)


def _drawn(lines: Sequence[Line], across: Axis, up: Axis) -> Iterator[str]:
    ends = [(across.at(x), up.at(y)) for x, y in (line.points[-1] for line in lines)]
    labels = _spread(ends)
    colours = iter(_COLOURS * (len(lines) // len(_COLOURS) + 1))
    for line, label_y in zip(lines, labels, strict=True):
        colour = _GREY if line.is_limit else next(colours)
        pixels = [(across.at(x), up.at(y)) for x, y in line.points]
        path = "M" + "L".join(f"{x} {y}" for x, y in pixels)
        yield _stroke(path, colour, width=2, dashes="6 5" if line.is_limit else None)
        if not line.is_limit:
            for x, y in pixels:
                yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>'
        weight = "normal" if line.is_limit else "600"
        end = pixels[-1][0]
        yield _text(end + 10, label_y + 4, line.label, colour, anchor="start", weight=weight)


def _spread(ends: Sequence[tuple[float, float]]) -> list[float]:
    """Move labels apart that would stand on each other, downwards from the highest.

    Only lines that end at the same place: beside another one there is room.
    """
    order = sorted(range(len(ends)), key=lambda at: ends[at])
    placed = [y for _, y in ends]
    for above, below in pairwise(order):
        if ends[above][0] == ends[below][0]:
            placed[below] = max(placed[below], placed[above] + _LABEL_GAP)
    return placed


def _text(
    x: float,
    y: float,
    text: str,
    colour: str = _GREY,
    *,
    anchor: str = "middle",
    weight: str = "normal",
) -> str:
    return (
        f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(text)}</text>"
    )


def _stroke(
    path: str, colour: str, *, width: float = 1, opacity: float = 1, dashes: str | None = None
) -> str:
    dashed = f" stroke-dasharray={quoteattr(dashes)}" if dashes else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"'
        f' stroke-opacity="{opacity}"{dashed}/>'
    )


def _short(count: float) -> str:
    if count >= 1e6:
        return f"{count / 1e6:g} M"
    return f"{count / 1e3:g} k" if count >= 1e3 else f"{count:g}"
