"""Pictures of reports, drawn in characters by plotext: bars over time, and a Pareto.

Nothing in them is said by colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import plotext

from helpdesk.domain.safe_text import line
from helpdesk.tui.drawings import Drawing
from helpdesk.tui.words import fitted

_BESIDE: Final = 36
"""What the names beside a Pareto take of the width."""

_TICKS: Final = 4
_BAR: Final = 0.7
_SMALL: Final = (30, 8)
"""Below that a picture says nothing."""


def draw(drawing: Drawing, width: int, height: int) -> list[str]:
    """Draw a picture.

    Args:
        drawing: What is drawn.
        width: Cells.
        height: Rows.

    Returns:
        The lines.
    """
    return (_bars if drawing.shares is None else _pareto)(drawing, width, height)


def _pareto(drawing: Drawing, width: int, height: int) -> list[str]:
    """The counts and how far they add up, the names beside."""
    names, counts = drawing.names, drawing.counts
    beside_width = max(_BESIDE, width * 2 // 5)
    room = width - beside_width - 1
    if not counts or _small(room, height - 1):
        return _nothing(counts)
    figure, places = _figure(room, height - 1), list(range(1, len(counts) + 1))
    figure.draw(figure.bar(places, counts, width=_BAR))
    figure.draw(figure.signal(places, drawing.shares, yside="right", marker="o"))
    _count_ruler(figure, max(counts))
    right = figure.ruler("y", "right")
    right.lim(0, 100)
    right.ticks([0, 20, 40, 60, 80, 100], ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"])
    _names_below(figure, [str(place) for place in places], room - 12)
    drawn = _drawn(figure, room)
    beside = _beside(names, counts, len(drawn), beside_width)
    pairs = zip(drawn, beside, strict=True)
    return [f"  {drawing.told}", *(f"{left} {right}".rstrip() for left, right in pairs)]


def _bars(drawing: Drawing, width: int, height: int) -> list[str]:
    """A bar for each count, one after the other."""
    names, counts = drawing.names, drawing.counts
    if not counts or _small(width, height - 1):
        return _nothing(counts)
    figure = _figure(width, height - 1)
    places, most = list(range(1, len(counts) + 1)), max(counts)
    figure.draw(figure.bar(places, counts, width=_BAR))
    _count_ruler(figure, most, above=2.5 * most / (height - 7))
    if len(counts) * (len(f"{most:,.0f}") + 1) < width - 8:
        for place, count in zip(places, counts, strict=True):
            over = count + 1.3 * most / (height - 7)
            figure.draw(figure.text(place, over, f"{count:,.0f}", alignment="center"))
    _names_below(figure, names, width - 6)
    return [fitted(f"  {drawing.told}", width).rstrip(), *_drawn(figure, width)]


def _beside(names: Sequence[str], counts: Sequence[float], height: int, width: int) -> list[str]:
    """What the numbers below the bars are; of what there is no room for, how much it is."""
    digits = len(f"{sum(counts):,.0f}")
    room = width - digits - 4
    told = [
        f"{place:>2} {fitted(line(name), room)} {count:>{digits},.0f}"
        for place, (name, count) in enumerate(zip(names, counts, strict=True), 1)
    ]
    if len(told) > height:
        rest = sum(counts[height - 1 :])
        more = fitted(f"and {len(told) - height + 1} more", room)
        told[height - 1 :] = [f"   {more} {rest:>{digits},.0f}"]
    return told + [""] * (height - len(told))


def _figure(width: int, height: int) -> Any:  # noqa: ANN401 - plotext has no types
    plotext.terminal.limit(
        False, False
    )  # of the widget's size, whatever it takes the terminal's for
    figure: Any = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(width, height)
    return figure


def _drawn(figure: Any, width: int) -> list[str]:  # noqa: ANN401
    text: str = plotext.uncolorize(figure.build())
    return [fitted(each, width) for each in text.splitlines()]


def _count_ruler(figure: Any, most: float, above: float = 0) -> None:  # noqa: ANN401
    step = max(1, -(-int(most) // _TICKS))
    ruler = figure.ruler("y", "left")
    ruler.lim(0, max(1, most) + above)
    ticks = list(range(0, int(most) + 1, step))
    ruler.ticks(ticks, [f"{tick:,}" for tick in ticks])


def _names_below(figure: Any, names: Sequence[str], width: int) -> None:  # noqa: ANN401
    """Name as many bars as there is room for."""
    room = max(len(name) for name in names) + 2
    step = max(1, -(-len(names) * room // max(1, width)))
    chosen = list(range(0, len(names), step))
    figure.ruler("x", "lower").ticks([at + 1 for at in chosen], [names[at] for at in chosen])


def _small(width: int, height: int) -> bool:
    return width < _SMALL[0] or height < _SMALL[1]


def _nothing(counts: Sequence[float]) -> list[str]:
    return ["  There is too little room for a picture: v shows the table."] if counts else [
        "  There is nothing to draw: no call is in range."
    ]  # fmt: skip
