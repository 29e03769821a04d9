"""The times in an old call log: one order of dates for the whole file, lengths with units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from helpdesk.domain.import_columns import Column
from helpdesk.domain.import_dates import DateColumn, Written, moment_there, proof, read_date
from helpdesk.domain.import_values import is_bare, seconds_meant
from helpdesk.domain.imports import Options
from helpdesk.errors import BadInput

_DATES: Final = ("started_at", "date", "ended_at", "due_at")
_LENGTHS: Final = ("duration", "talk_s", "hold_s", "wrap_s")
_PROOFS: Final = 5
_MIDNIGHT: Final = " 00:00:00"
_NO_DAY: Final = ("1899-12-30 ", "1899-12-31 ", "1900-01-01 ")
"""What a workbook puts before a time that has no day."""


@dataclass(frozen=True, slots=True)
class Start:
    """When a call began."""

    at: int
    """In seconds UTC."""

    precision: str
    """How exactly that is known."""

    day: str
    """Its date there, as ISO has it."""

    said: str
    """``shifted``, ``doubled`` or empty, as ``moment_there`` has it."""


@dataclass
class Times:
    """Reads times, after it has looked at all of them."""

    columns: Mapping[str, Column]
    """The columns by field."""

    options: Options
    """What a person said."""

    own: bool
    """Whether the file is an export of ours: then nothing is worked out from something else."""

    order: str = ""
    """The order of dates in numbers, once it is decided."""

    proofs: dict[str, str] = field(default_factory=dict)
    """Some starts, each with how it was read."""

    _dates: dict[str, DateColumn] = field(default_factory=dict)
    _without_unit: str = ""

    def __post_init__(self) -> None:
        """Take the columns of dates."""
        there = [name for name in _DATES if name in self.columns]
        self._dates = {name: DateColumn(self.columns[name].heading) for name in there}

    @property
    def _start(self) -> str:
        """The field that says the day of the start."""
        return "date" if "date" in self.columns else "started_at"

    def look(self, line: int, values: Mapping[str, str]) -> None:
        """Look at a row, to decide how all rows are read.

        Args:
            line: Where it stands.
            values: Its texts by field.
        """
        for name, column in self._dates.items():
            text = self._start_text(values) if name == self._start else values[name]
            if text.strip():
                column.see(line, text)
        if not self._without_unit:
            bare = (name for name in _LENGTHS if is_bare(values.get(name, "").strip()))
            self._without_unit = next((name for name in bare if not self._unit(name)), "")

    def decide(self) -> None:
        """Decide, after all rows were looked at.

        Raises:
            BadInput: When a column is missing, or can be read in several ways.
        """
        if self._start not in self._dates:
            raise BadInput("No column says when a call began: --map COLUMN=started_at names it.")
        if self._without_unit:
            heading = self.columns[self._without_unit].heading
            raise BadInput(
                f"“{heading}” holds numbers without a unit: say what they are by --lengths s, "
                "--lengths m or --lengths h (seconds, minutes or hours)."
            )
        asked = [self._dates[self._start], *self._dates.values()]
        self.order = next((each for each in asked if each.only), asked[0]).order(
            self.options.dates
        )

    def start(self, values: Mapping[str, str], zone: str) -> Start:
        """Read when a call began.

        Args:
            values: The row's texts by field.
            zone: The zone of its office.

        Returns:
            The start.

        Raises:
            BadInput: When there is none that can be read.
        """
        text = self._start_text(values)
        if not text.strip():
            raise BadInput("no date: it does not say when the call began.")
        written = read_date(text, self.order)
        at, said = moment_there(written.at, zone)
        precision = self._dates[self._start].precision(written)
        self._prove(text, written, at, zone, precision)
        return Start(at, precision, f"{written.at:%Y-%m-%d}", said)

    def due(self, values: Mapping[str, str], zone: str) -> int | None:
        """Read until when a ticket waits; ``None`` when nobody said."""
        text = values.get("due_at", "").strip()
        return moment_there(read_date(text, self.order).at, zone)[0] if text else None

    def lengths(self, values: Mapping[str, str], start: Start, zone: str) -> dict[str, Any]:
        """Read how long a call took; what is not there is not known, which is not 0.

        Args:
            values: The row's texts by field.
            start: When it began.
            zone: The zone of its office.

        Returns:
            ``talk_s``, ``hold_s``, ``wrap_s`` and ``hung_up_at`` of a call. A length of the
            whole call, or its two ends, counts as talk, as ``helpdesk log`` has it.

        Raises:
            BadInput: When a length cannot be read or is negative.
        """
        found: dict[str, Any] = {
            name: seconds_meant(text, self._unit(name) or "s") if text else None
            for name in _LENGTHS
            for text in [values.get(name, "").strip()]
        }
        whole, ended = found.pop("duration"), self._ended(values, start, zone)
        if ended is not None and ended < start.at:
            raise BadInput("it ends before it began.")
        if whole is None and ended is not None and not self.own and start.precision != "day":
            whole = ended - start.at
        if whole is not None and found["talk_s"] is None:
            held = found["hold_s"] or 0
            found |= {"talk_s": max(0, whole - held), "hold_s": held}
            found["wrap_s"] = found["wrap_s"] or 0
        return found | {"hung_up_at": ended if self.own else None}

    def _ended(self, values: Mapping[str, str], start: Start, zone: str) -> int | None:
        text = values.get("ended_at", "").strip()
        if not text:
            return None
        try:
            written = read_date(text, self.order)
        except BadInput:  # a time alone is one of the day on which the call began
            written = read_date(f"{start.day} {_time_alone(text)}", self.order)
        return moment_there(written.at, zone)[0]

    def _start_text(self, values: Mapping[str, str]) -> str:
        if self._start == "started_at":
            return values.get("started_at", "")
        day = values["date"].strip().removesuffix(_MIDNIGHT)
        clock = values.get("time") or values.get("started_at") or ""
        return f"{day} {_time_alone(clock.strip())}".strip() if day else ""

    def _unit(self, name: str) -> str:
        return (self.columns[name].unit if name in self.columns else "") or self.options.lengths

    def _prove(self, text: str, written: Written, at: int, zone: str, precision: str) -> None:
        """Keep the first rows, one of the afternoon, and one whose day is beyond the months."""
        telling = (written.at.hour > 12) + 2 * (written.at.day > 12)  # noqa: PLR2004
        key = str(telling) if len(self.proofs) >= 2 else f"first {len(self.proofs)}"  # noqa: PLR2004
        if len(self.proofs) < _PROOFS and key not in self.proofs:
            self.proofs[key] = proof(text, at, zone, precision)


def values_of(columns: Mapping[str, Column], cells: Sequence[str]) -> dict[str, str]:
    """The texts of a row by field; cells that a short row lacks are empty."""
    return {
        name: cells[column.place] if column.place < len(cells) else ""
        for name, column in columns.items()
    }


def refuse_more_cells(cells: Sequence[str], width: int) -> None:
    """Refuse a row with something in a cell that has no heading.

    Args:
        cells: The row.
        width: How many headings there are.

    Raises:
        BadInput: When it has.
    """
    if any(cells[width:]):
        raise BadInput("more cells than there are headings: is a text not in quotes?")


def _time_alone(text: str) -> str:
    for before in _NO_DAY:
        text = text.removeprefix(before)
    return text
