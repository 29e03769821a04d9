"""One definition a number: what it is called, its formula in words, and how it is computed.

Screen, file, print and command line show figures from here and from nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from helpdesk.domain.repeats import SAME_CONTACT_SECONDS
from helpdesk.domain.tables import Figure, Meaning, Unit
from helpdesk.stats.definitions import OUTCOMES, SPENT, Figures


@dataclass(frozen=True, slots=True)
class Measure:
    """One number that statistics know."""

    meaning: Meaning
    """What it is called, and its formula in words."""

    value: Callable[[Figures], Figure]
    """What it is of some calls."""

    behind: str
    """The name of the calls that lie behind it, as ``counted_as`` says it."""


_CALLS: Final = "inbound calls, trials and void tickets left out"
_KNOWN: Final = "handled calls of known callers"
SAME_CONTACT: Final = (
    f"a call within {SAME_CONTACT_SECONDS} s after a dropped one of the same caller is the same "
    "contact and no repeat of it"
)
"""Which calls make no repeat, for every formula that hangs on repeats."""

_LENGTHS: Final = {
    "talk": ("talk", "seconds talked"),
    "hold": ("hold", "seconds on hold or parked"),
    "wrap": ("wrap", "seconds from the end of the call until it was written up"),
    "handle": ("handle", "talk + hold + wrap"),
}
_TIMED: Final = "of handled calls whose three times are known"


def _count(name: str, heading: str, words: str) -> Measure:
    return Measure(Meaning(heading, "count", words), lambda figures: figures.counts[name], name)


def _ratio(part: str, whole: str, heading: str, words: str) -> Measure:
    said = f"{words}; with its 95 % Wilson interval, n<10 where that says nothing"
    return Measure(
        Meaning(heading, "ratio", said), lambda figures: figures.ratio(part, whole), whole
    )


def _seconds(heading: str, words: str, value: Callable[[Figures], float | None]) -> Measure:
    return Measure(
        Meaning(heading, "seconds", words), lambda figures: rounded(value(figures)), "counted"
    )


def _lengths(name: str) -> dict[str, Measure]:
    heading, what = _LENGTHS[name]
    lead = "" if name == "handle" else f"{heading} "
    prefix, mean_name = ("", "aht_s") if name == "handle" else (f"{name}_", f"{name}_mean_s")
    return {
        f"{name}_s": _seconds(
            f"{heading} all", f"sum of {what}, {_TIMED}", lambda f: f.counts[f"{name}_s"]
        ),
        mean_name: _seconds(
            "AHT" if name == "handle" else f"{heading} mean",
            f"mean of {what}, {_TIMED}",
            lambda f: f.mean_s(name),
        ),
        f"{prefix}median_s": _seconds(
            f"{lead}median", f"median of {what}, {_TIMED}",
            lambda f: f.percentile_s(name, 50),
        ),
        f"{prefix}p90_s": _seconds(
            f"{lead}P90",
            f"90th percentile of {what}, {_TIMED}; linear interpolation, as PERCENTILE.INC",
            lambda f: f.percentile_s(name, 90),
        ),
    }  # fmt: skip


MEASURES: Final[Mapping[str, Measure]] = {
    "started": _count(
        "started", "calls", f"{_CALLS}, that began in range: running and dropped ones included"
    ),
    "handled": _count("handled", "handled", f"{_CALLS}, that ended and did not drop"),
    "dropped": _count(
        "dropped", "dropped",
        f"{_CALLS}, that dropped, or had 0 s of talk and nothing recorded",
    ),
    "running": _count("running", "running", f"{_CALLS}, that have not ended"),
    "outbound": _count("outbound", "called back", "calls made by a clerk; in no other figure"),
    **{
        outcome: _count(outcome, outcome, f"handled calls that ended so: {outcome}")
        for outcome in OUTCOMES
    },
    **{key: measure for name in SPENT for key, measure in _lengths(name).items()},
    "gross_fcr": _ratio(
        "first_resolved", "first", "gross FCR",
        "tickets resolved by their first handled call and not reopened after it, of all whose "
        "first call began in range",
    ),
    "net_fcr": _ratio(
        "first_resolved", "first_ours", "net FCR",
        "tickets resolved by their first handled call and not reopened after it, of those that "
        "were ours to resolve: first calls that were referred elsewhere are left out",
    ),
    "repeat_adjusted_fcr": _ratio(
        "first_lasting", "first_known", "FCR",
        "repeat-adjusted, the headline: tickets of known callers that were ours, resolved by "
        "their first handled call, not reopened after it, and the caller did not call again about "
        f"the same within 7 days; {SAME_CONTACT}",
    ),
    "repeat_rate": _ratio(
        "repeats", "known", "repeats",
        f"{_KNOWN} who had called about the same in the 7 days before, of all {_KNOWN}; "
        f"{SAME_CONTACT}",
    ),
    "repeat_any_rate": _ratio(
        "repeats_any", "known", "repeats, any",
        f"{_KNOWN} who had called about anything in the 7 days before, of all {_KNOWN}; "
        f"{SAME_CONTACT}",
    ),
    "escalation_rate": _ratio(
        "escalated", "handled", "escalated %", "calls escalated, of handled calls"
    ),
    "referral_rate": _ratio(
        "referred", "handled", "referred %", "calls that were not ours, of handled calls"
    ),
    "edited": _count("edited", "edited", "started calls whose times were corrected by hand"),
    "long": _count("long", "over 4 h", "handled calls longer than four hours: left running?"),
    "no_symptom": _count("no_symptom", "no symptom", "started calls without a symptom"),
    "no_caller": _count("no_caller", "no caller", "started calls whose caller is not known"),
    "clock_changed": _count(
        "clock_changed", "clock set", "started calls during which the machine's clock was set"
    ),
    "overridden": _count(
        "overridden", "overridden", "started calls that ended otherwise than their playbook said"
    ),
}  # fmt: skip
"""Every number of calls, by the name that it has in files."""


def meanings(*names: str, **others: tuple[str, Unit, str]) -> dict[str, Meaning]:
    """What columns of a report mean.

    Args:
        *names: Columns that are measures.
        **others: Heading, unit and words of columns that only this report has.

    Returns:
        The meanings by column.
    """
    found = {name: MEASURES[name].meaning for name in names}
    return found | {name: Meaning(*said) for name, said in others.items()}


def values(names: tuple[str, ...], figures: Figures) -> tuple[Figure, ...]:
    """The cells of a row.

    Args:
        names: The columns, each a measure.
        figures: The sums that the row is of.

    Returns:
        The cells.
    """
    return tuple(MEASURES[name].value(figures) for name in names)


def rounded(value: float | None, places: int = 3) -> float | None:
    """Round a figure that may not be known.

    Args:
        value: The figure.
        places: How many decimals it keeps.

    Returns:
        The figure, or ``None``.
    """
    return None if value is None else round(value, places)


def share(part: int, whole: int) -> float | None:
    """A part of a whole.

    Args:
        part: The part.
        whole: The whole.

    Returns:
        Per cent with one decimal; ``None`` of nothing.
    """
    return round(100 * part / whole, 1) if whole else None
