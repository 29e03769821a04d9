"""The period on one page: every headline figure with its formula (STATS §9, R1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from helpdesk.domain.ratios import Ratio
from helpdesk.domain.repeats import REPEAT_SECONDS
from helpdesk.domain.tables import Figure, Meaning, Table, Unit, said
from helpdesk.stats.backlog import moment_of
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import counted_as
from helpdesk.stats.escalations import BOUNCE_WORDS
from helpdesk.stats.facts import CallFact
from helpdesk.stats.measures import MEASURES, meanings, rounded
from helpdesk.stats.percentiles import mean, percentile
from helpdesk.stats.phone_system import phone_counts
from helpdesk.stats.source import Source, grouped, reconciled
from helpdesk.stats.ticket_facts import fetch_active
from helpdesk.stats.ticket_sums import TicketSums, ticket_sums
from helpdesk.stats.unusual import Line, unusual_days

_MEASURES: Final = (
    "started", "handled", "dropped", "running", "outbound",
    "talk_mean_s", "talk_median_s", "talk_p90_s", "hold_mean_s", "hold_median_s", "hold_p90_s",
    "wrap_mean_s", "wrap_median_s", "wrap_p90_s", "aht_s", "median_s", "p90_s",
    "gross_fcr", "net_fcr", "repeat_adjusted_fcr", "repeat_rate", "repeat_any_rate",
    "escalation_rate", "referral_rate",
)  # fmt: skip
_TOP: Final = 5

_TICKETS: Final = meanings(
    tickets_opened=(
        "tickets opened",
        "count",
        "tickets opened in range; merged and void ones and trials left out",
    ),
    tickets_without_call=("without a call", "count", "tickets opened in range that no call is on"),
    tickets_resolved=(
        "tickets resolved",
        "count",
        "tickets that were resolved in range, each once",
    ),
    calls_per_ticket=(
        "calls a ticket",
        "number",
        "inbound calls of tickets resolved in range, those of merged ones too, ÷ those tickets",
    ),
    reopen_rate=(
        "reopened",
        "ratio",
        "tickets resolved in range that were reopened within 14 days, of all of them",
    ),
    reopen_immature=(
        "not 14 days old",
        "count",
        "tickets resolved in range whose 14 days are not over yet",
    ),
    backlog=(
        "backlog at the end",
        "count",
        "tickets open, waiting or escalated at the end of the range, or at as-of when earlier",
    ),
)

_FIRST: Final = meanings(
    fcr_immature=(
        "FCR provisional",
        "count",
        "first calls that FCR is of and whose 7 days are not over yet",
    ),
)
_PHONE: Final = meanings(
    offered=("offered", "count", "calls that the phone system counted, in intervals in range"),
    answered=("answered", "count", "those of them that somebody answered"),
    abandon_rate=("abandoned", "ratio", "calls that gave up waiting, of those offered"),
    service_level=("in time", "ratio", "calls answered in time, of those offered"),
    mean_wait_s=("wait mean", "seconds", "mean wait of the calls answered, where it was told"),
)
_MEANT: Final = meanings(
    figure=("name", "text", "the figure's name, as other reports and files have it"),
    heading=("figure", "text", "what the figure is called"),
    said=("value", "text", "the figure as people read it"),
    unit=("unit", "text", "what it is in"),
    value=(
        "number",
        "ratio",
        "the figure as a number, in its unit; a ratio with what it is of",
    ),
    formula=("formula", "text", "how it is computed"),
)


def summary(source: Source) -> Table:
    """Every headline figure of a period, a row each.

    Args:
        source: What it is made from.

    Returns:
        The table; ``value`` is for programs, ``said`` for people.
    """
    started = source.counted("symptom", "started")
    _, whole = grouped(source.pieces("whole"), lambda _, value: value)
    lines = [
        *((name, MEASURES[name].meaning, MEASURES[name].value(whole)) for name in _MEASURES),
        ("fcr_immature", _FIRST["fcr_immature"], _many_provisional(source)),
        *_of_tickets(source),
        *_of_phone_system(source),
        *_top(source, started),
        *unusual_days(source),
    ]
    return Table(
        title="Period summary",
        columns=("figure", "heading", "said", "unit", "value", "formula"),
        rows=tuple(
            (name, meaning.heading, said(value, meaning.unit), meaning.unit, value, meaning.words)
            for name, meaning, value in lines
        ),
        footer=(reconciled(whole), *_not_measured(lines)),
        keys=tuple(name for name, _, _ in lines),
        shown=("heading", "said", "formula"),
        unit_in="unit",
        meant=_MEANT,
    )


def provisional(source: Source) -> list[CallFact]:
    """First calls of which nobody knows yet whether the caller calls again (STATS §4).

    Args:
        source: What a report is made from.

    Returns:
        Those that FCR is of and whose ``REPEAT_SECONDS`` are not over.
    """
    late = _late(source)
    calls = fetch_calls(source.port, late.scope) if late else []
    return [call for call in calls if "first_known" in counted_as(call)]


def _many_provisional(source: Source) -> int:
    """How many those are, by the sums of the days where they are kept."""
    late = _late(source)
    return late.counted("whole", "first_known").total() if late else 0


def _late(source: Source) -> Source | None:
    """The same about the last ``REPEAT_SECONDS``, where they lie in its period."""
    scope = source.scope
    start = max(scope.period.start, scope.as_of - REPEAT_SECONDS)
    return source.within(scope.period._replace(start=start)) if start < scope.end else None


def _of_tickets(source: Source) -> Iterator[Line]:
    found = ticket_sums(source)
    counts = found.counts
    resolved, calls = counts["resolved"], counts["calls"]
    figures: dict[str, Figure] = {
        "tickets_opened": counts["opened"],
        "tickets_without_call": counts["without_call"],
        "tickets_resolved": resolved,
        "calls_per_ticket": rounded(calls / resolved) if resolved else None,
        "reopen_rate": Ratio(counts["reopened"], resolved),
        "reopen_immature": counts["young"],
    }
    for name, figure in figures.items():
        yield name, _TICKETS[name], figure
    yield from _times_to_resolve(found)
    yield "backlog", _TICKETS["backlog"], len(fetch_active(source, moment_of(source)))
    yield _line("callbacks_kept", "callbacks kept", "ratio", Ratio(counts["kept"], counts["due"]),
                "callbacks first tried by the promised time, of those due in range; cancelled "
                "ones and those not due yet left out")  # fmt: skip
    bounced = Ratio(counts["bounced"], counts["over"])
    yield _line("bounce_rate", "escalations bounced", "ratio", bounced, BOUNCE_WORDS)


def _times_to_resolve(found: TicketSums) -> Iterator[Line]:
    """Elapsed, and within office hours; in the tickets that were first resolved in range."""
    words = "from opening to the first resolution, of tickets first resolved in range"
    for name, heading, times, more in (
        ("resolution", "resolution", found.elapsed, ""),
        (
            "resolution_business",
            "in office hours",
            found.business,
            "; only time in office hours counts",
        ),
    ):
        for key, what, value in (
            ("mean", "mean", mean(times)), ("median", "median", percentile(times, 50)),
            ("p90", "P90", percentile(times, 90)),
        ):  # fmt: skip
            figure = None if value is None else round(value, 3)
            yield _line(f"{name}_{key}_s", f"{heading} {what}", "seconds", figure,
                        f"{what} time {words}{more}")  # fmt: skip


def _top(source: Source, started: Counter[str]) -> Iterator[Line]:
    ranked = sorted(started.items(), key=lambda each: (-each[1], each[0]))
    for place, (slug, calls) in enumerate(ranked[:_TOP], 1):
        if calls:
            words = f"started calls, symptom {place} of all"
            yield _line(f"top_{place}:{slug}", source.names.symptom(slug), "count", calls, words)


def _line(name: str, heading: str, unit: Unit, value: Figure, words: str) -> Line:
    return name, Meaning(heading, unit, words), value


def _of_phone_system(source: Source) -> Iterator[Line]:
    """What only a phone system can count, where its intervals were imported."""
    found = phone_counts(source.port, source.scope)
    if found is None:
        return
    figures: dict[str, Figure] = {
        "offered": found.offered,
        "answered": found.answered,
        "abandon_rate": found.abandon_rate,
        "service_level": found.service_level,
        "mean_wait_s": rounded(found.mean_wait_s),
    }
    for name, figure in figures.items():
        yield name, _PHONE[name], figure


def _not_measured(lines: list[Line]) -> tuple[str, ...]:
    if any(name == "offered" for name, _, _ in lines):
        return ("offered, answered, abandoned: of the intervals that the phone system counted",)
    return ("abandoned, time to answer, service level: n/a (no ACD data)",)
