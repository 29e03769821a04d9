"""What tells the rows of a file apart for good, so that none comes in twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import sha256

from helpdesk.domain.import_columns import Column
from helpdesk.domain.imports import Options, fault_columns
from helpdesk.domain.tickets import number_meant
from helpdesk.domain.whens import moment_from_iso
from helpdesk.errors import BadInput
from helpdesk.files.csv_file import guarded
from helpdesk.files.row_file import Row
from helpdesk.port import Port
from helpdesk.store.imports import find_here, find_tickets_here

_IDS = {"calls": "call_id", "actions": "action_id"}
_LARGEST = 2**63
_CENTURY = 2_000


class Keys:
    """Gives each row a key: that of a column, or a digest of all that the row says."""

    def __init__(
        self, headings: Sequence[str], columns: Sequence[Column], kind: str, options: Options,
        *, own: bool,
    ) -> None:  # fmt: skip
        """Choose the column, if there is one.

        Args:
            headings: What stands above the columns.
            columns: Which column is which field.
            kind: What the file holds.
            options: What a person said.
            own: Whether the file is an export of ours.

        Raises:
            BadInput: When a column was named that is not there.
        """
        self._places = {each.field: each.place for each in columns if each.field}
        self._headings, self._kind, self._own = headings, kind, own
        self._key = self._places.get(_IDS.get(kind, "")) if own else None
        if options.key:
            if options.key not in headings:
                raise BadInput(f"--key: there is no column “{options.key}”.")
            self._key = headings.index(options.key)
        by = "rows" if self._key is None else headings[self._key]
        self.source = options.source or (f"helpdesk {kind}" if own else by)
        """What the keys are unique in."""
        self._numbers = "helpdesk" if own else self.source
        self._ours = fault_columns(headings)
        self._times, self._times_before = Counter[str](), Counter[str]()
        self._lines: dict[str, int] = {}

    def of(self, cells: Sequence[str]) -> tuple[str, str]:
        """The key of a row and that of its ticket, each as a digest, so that neither is a text.

        Args:
            cells: The row.

        Returns:
            Both; the second is empty where no ticket is named.
        """
        number = self._cell(cells, self._places.get("number"))
        ticket = digest("number", self._numbers, number) if number else ""
        own = self._cell(cells, self._key)
        if own:
            return digest("key", own), ticket
        return self._of_all(cells, self._times, self._ours), ticket

    def before(self, cells: Sequence[str]) -> str:
        """The key that a row of a file of faulty rows had when all of that file was counted.

        Args:
            cells: The row.

        Returns:
            The key; empty for a row that always had the one that :meth:`of` gives.
        """
        if not self._ours or self._cell(cells, self._key):
            return ""
        return self._of_all([str(guarded(cell)) for cell in cells], self._times_before)

    def _of_all(self, cells: Sequence[str], times: Counter[str], but: Collection[str] = ()) -> str:
        """A digest of all that a row says, and of how often the file has said it so far."""
        said = sorted(
            f"{heading}\x1f{cell.strip()}"
            for heading, cell in zip(self._headings, cells, strict=False)
            if cell.strip() and heading not in but
        )
        content = digest(*said)
        times[content] += 1
        return digest(content, str(times[content]))

    def refuse_twice(self, line: int, key: str) -> None:
        """Refuse a row whose key another one of the file has.

        Args:
            line: Where it stands.
            key: Its key.

        Raises:
            BadInput: When it has.
        """
        if key in self._lines:
            raise BadInput(f"its key is that of line {self._lines[key]} too.")
        if self._key is not None:
            self._lines[key] = line

    def here(self, port: Port, some: Sequence[Row]) -> set[int]:
        """Find rows that this very desk exported.

        Args:
            port: The database.
            some: The rows.

        Returns:
            Their lines.
        """
        if not self._own:
            return set()
        if self._kind == "tickets":
            return self._tickets_here(port, some)
        ids = {line: self._id(cells) for line, cells in some}
        asked = [each for each in ids.values() if each is not None]
        there = find_here(port, self._kind, asked)
        return {line for line, each in ids.items() if each in there}

    def _id(self, cells: Sequence[str]) -> int | None:
        """The id of the call or action that a row of our own export is."""
        try:
            found = int(self._cell(cells, self._key)[1:], 16)
        except ValueError:
            return None
        return found if 0 < found < _LARGEST else None

    def _tickets_here(self, port: Port, some: Sequence[Row]) -> set[int]:
        asked = {}
        for line, cells in some:
            number = number_meant(self._cell(cells, self._places.get("number")), _CENTURY)
            try:
                opened_at = moment_from_iso(
                    self._cell(cells, self._places.get("started_at")), "UTC"
                )
            except BadInput:
                continue
            if number is not None:
                asked[line] = (*number, opened_at)
        there = find_tickets_here(port, list(asked.values()))
        return {line for line, each in asked.items() if each in there}

    def _cell(self, cells: Sequence[str], place: int | None) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""


def digest(*parts: str) -> str:
    """A short text that stands for others.

    Args:
        *parts: The texts.

    Returns:
        32 hexadecimal digits.
    """
    return sha256("\x1e".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
