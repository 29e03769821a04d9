"""What a clerk touches all day, measured on desks of several sizes and shapes in turn."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import plotext

from helpdesk.desk.caller_card import caller_card
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.figures import make_report
from helpdesk.desk.home import home_view, open_console
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.opening import open_desk
from helpdesk.desk.report_scope import Question
from helpdesk.desk.tickets import list_tickets, query_of
from tests.benchmarks.made_desks import helpdesk
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.test_desk import log_a_call

PAGE: Final = 100
LOOKED_AT: Final = 40
"""How many tickets and callers, spread over the desk, are opened in turn."""

TYPED: Final = ("linking", "firewall", "whitfield", "0144", "court:ianb link", "status:open ca")
CALLED: Final = ("whit", "dana", "0144", "212555", "crandall", "field")
_TICKETS: Final = """
SELECT year, n FROM ticket WHERE id >= (SELECT min(id) + ? * (max(id) - min(id)) / ? FROM ticket)
ORDER BY id LIMIT 1
"""
_CALLERS: Final = """
SELECT id FROM caller WHERE id >= (SELECT min(id) + ? * (max(id) - min(id)) / ? FROM caller)
ORDER BY id LIMIT 1
"""

Ask = Callable[[], object]


def _each(texts: Iterable[Any], ask: Callable[[Any], object]) -> Ask:
    """Ask for one after the other, and begin again."""
    left = cycle(list(texts))
    return lambda: ask(next(left))


def _letters(words: Sequence[str]) -> list[str]:
    return [word[:end] for word in words for end in range(1, len(word) + 1)]


def _spread(desk: Desk, sql: str) -> list[tuple[int, ...]]:
    found = [desk.port.query(sql, (place, LOOKED_AT)).rows for place in range(LOOKED_AT)]
    return [rows[0] for rows in found if rows]


def _page(typed: str, *, backwards: bool = False) -> Callable[[Desk], Ask]:
    def made(desk: Desk) -> Ask:
        query = query_of(desk, typed)
        return lambda: list_tickets(desk, query, PAGE, backwards=backwards)

    return made


def _searching(desk: Desk) -> Ask:
    def ask(text: str) -> None:
        list_tickets(desk, query_of(desk, text, half_typed=True), PAGE)

    return _each(_letters(TYPED), ask)


def _opening(desk: Desk) -> Ask:
    numbers = [f"T-{year % 100:02}-{n:05}" for year, n in _spread(desk, _TICKETS)]
    return _each(numbers, lambda number: show_ticket(desk, number))


def _cards(desk: Desk) -> Ask:
    return _each([row[0] for row in _spread(desk, _CALLERS)], lambda who: caller_card(desk, who))


READING: Final[Mapping[str, Callable[[Desk], Ask]]] = {
    "the home screen's rows": lambda desk: lambda: home_view(desk),
    "first page of a list": _page(""),
    "last page of a list": _page("", backwards=True),
    "first page of what is open": _page("status:open"),
    "last page of a court": _page("court:ianb", backwards=True),
    "first page by last change": _page("sort:changed"),
    "a letter of a search": _searching,
    "opening a ticket": _opening,
    "a letter of the caller box": lambda desk: _each(
        _letters(CALLED), lambda text: look_for_callers(desk, text)
    ),
    "a caller's card": _cards,
}
"""What is timed, by its name: made ready on a desk, then asked again and again."""

REPORT: Final = "the report of a month"


def first_screen(home: Path, env: Mapping[str, str]) -> float:
    """The seconds from the start of the console to its first full screen."""
    with Terminal("-m", "helpdesk", "--home", str(home), env=env) as terminal:
        return terminal.until("READY") - terminal.started


def newest_tickets(home: Path, env: Mapping[str, str]) -> float:
    """The seconds that ``helpdesk tickets --limit 20`` takes."""
    begun = perf_counter()
    command = helpdesk("--home", str(home), "tickets", "--limit", "20")
    subprocess.run(command, env=env, check=True, capture_output=True)
    return perf_counter() - begun


def timed(ask: Ask) -> float:
    """The seconds that something takes."""
    begun = perf_counter()
    ask()
    return perf_counter() - begun


@contextmanager
def opened(homes: Iterable[Path]) -> Iterator[list[Desk]]:
    """Open several desks, each as a console has it, and close them again."""
    desks = [open_desk(Folder(home)) for home in homes]
    try:
        yield desks
    finally:
        for desk in desks:
            desk.close()


def in_turn(asks: Sequence[Ask], rounds: int) -> list[float]:
    """Time several things in turn, so that whatever else the machine does meets all of them.

    Args:
        asks: What is timed.
        rounds: How often each.

    Returns:
        The median of each, in seconds.
    """
    for ask in asks:
        ask()
    took = [[timed(ask) for ask in asks] for _ in range(rounds)]
    return [median(each) for each in zip(*took, strict=True)]


def logging(desk: Desk) -> Ask:
    """Make ready to log whole calls, as :func:`log_a_call` does; the desk is written to."""
    open_console(desk)
    return _each(range(10_000), lambda number: log_a_call(desk, number))


def reporting(desk: Desk) -> Ask:
    """Make ready to ask for the summary of last month."""
    return lambda: make_report(desk, Question("summary", "last-month"))


@dataclass
class Growth:
    """How figures change from desk to desk."""

    heads: Sequence[str]
    """What each desk is called."""

    rows: dict[str, list[float]] = field(default_factory=dict)
    """The seconds on each desk, by what was measured."""

    def table(self) -> list[tuple[str, ...]]:
        """The figures as rows, in milliseconds, and how often the first is in the last."""
        told = [
            (name, *(f"{1000 * each:.2f}" for each in took), f"{took[-1] / took[0]:.2f}x", "")
            for name, took in self.rows.items()
        ]
        return [("milliseconds", *self.heads, "last / first", ""), *told]

    def plot(self, sizes: Sequence[int], width: int = 100, height: int = 30) -> list[str]:
        """Draw each figure as a line over the number of tickets; both axes are logarithmic.

        Args:
            sizes: The number of tickets of each desk.
            width: Cells.
            height: Rows.

        Returns:
            The lines, the names below.
        """
        plotext.terminal.limit(False, False)
        figure: Any = plotext.figure
        figure.clear()
        figure.theme("colorless")
        figure.plot_size(width, height)
        places = [math.log10(size) for size in sizes]
        marks = "abcdefghijklmnopqrstuvwxyz"
        for mark, took in zip(marks, self.rows.values(), strict=False):
            figure.draw(figure.signal(places, [math.log10(1000 * each) for each in took],
                                      marker=mark))  # fmt: skip
        figure.ruler("x", "lower").ticks(places, [f"{size:,}" for size in sizes])
        powers = range(-1, 5)
        figure.ruler("y", "left").ticks(list(powers), [f"{10.0**each:g} ms" for each in powers])
        drawn = str(plotext.uncolorize(figure.build())).splitlines()
        return [
            *drawn,
            *(f"  {mark} {name}" for mark, name in zip(marks, self.rows, strict=False)),
        ]
