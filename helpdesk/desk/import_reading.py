"""Reads the rows of an old call log as calls; what cannot be one is refused in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from helpdesk.desk.caller_details import role_meant
from helpdesk.desk.desk import Desk
from helpdesk.desk.history_words import Words
from helpdesk.desk.import_more import more_of
from helpdesk.desk.import_places import Named
from helpdesk.desk.import_spool import Kept
from helpdesk.desk.import_times import Start, Times, refuse_more_cells, values_of
from helpdesk.desk.tags import tag_meant
from helpdesk.domain.calls import Caller
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.guard import find_secret
from helpdesk.domain.import_columns import Column
from helpdesk.domain.import_dates import PRECISIONS
from helpdesk.domain.import_values import direction_meant, flag_meant, outcome_meant
from helpdesk.domain.imports import Options
from helpdesk.domain.logins import refuse_login
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.domain.records import IMPORTED, CallRecord
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import PROMISED
from helpdesk.errors import BadInput
from helpdesk.store.clerks import find_clerks

_KEPT: Final = (
    "caller_name", "caller_firm", "caller_phone", "caller_email", "caller_role", "clerk",
    "symptom", "outcome", "reason", "note", "tags", "kind", "fields",
)  # fmt: skip
"""The fields whose words are kept: none of them may hold a secret."""


_LONGEST: Final = 20_000
_SHORT: Final = 100
_REMEMBERED: Final = 65_536
"""How many short texts are remembered once they were found clean: names and words come again."""


class RowReader:
    """Reads rows as calls, or as what else one of our files holds, once all were looked at."""

    def __init__(
        self, desk: Desk, columns: Sequence[Column], options: Options, kind: str, *, own: bool
    ) -> None:
        """Begin before the first row.

        Args:
            desk: The desk.
            columns: Which column is which field.
            options: What a person said.
            kind: What the file holds.
            own: Whether the file is an export of ours: then nothing is meant but what is said.
        """
        self._desk, self._options, self._own, self._kind = desk, options, own, kind
        self._width = len(columns)
        self._clean = set[str]()
        self._logins = {"", *(row["login"] for row in find_clerks(desk.port).dicts())}
        self._columns = {each.field: each for each in columns if each.field}
        self.words, self.named = Words(desk), Named(desk, options)
        self.times = Times(self._columns, options, own)
        self.counts: Counter[str] = Counter()
        """What is to be said of rows that are read, and of how many."""
        self.shifted: list[int] = []
        """The lines whose start no clock showed."""
        self.clerks: Counter[str] = Counter()
        """Who took the calls."""

    def look(self, line: int, cells: Sequence[str]) -> None:
        """Look at a row, to decide how all rows are read.

        Args:
            line: Where it stands.
            cells: Its cells.
        """
        self.times.look(line, values_of(self._columns, cells))

    def read(self, line: int, cells: Sequence[str]) -> Kept:
        """Read a row.

        Args:
            line: Where it stands.
            cells: Its cells.

        Returns:
            The call, without an import; or where, when and whose a ticket or an action is, and
            what it has besides.

        Raises:
            HelpdeskError: When it cannot be one; the message never repeats a secret.
        """
        refuse_more_cells(cells, self._width)
        values = values_of(self._columns, cells)
        if not self._own:
            values = {name: text.strip() for name, text in values.items()}
        clean = self._refuse_secrets(values)
        court, office = self.named.place(values.get("court", ""), values.get("office", ""))
        start = self.times.start(values, office.zone)
        record = self._record(values, (court, office), start)
        self._refuse_clerk(record.clerk)
        self.words.refuse(record, self._desk.clock.now(), clean)
        if record.symptom:
            self.words.version(record.symptom, self.words.place(record)[0])
        more = more_of(self._kind, values, self._desk.library.actions)
        self._count(record, start, line)
        return record, more

    def _record(
        self, values: Mapping[str, str], place: tuple[Court, Office], start: Start
    ) -> CallRecord:
        court, office = place
        said = {name: values.get(name, "") for name in ("symptom", "note", "caller_role")}
        symptom = self.named.symptom(said["symptom"])
        role = _role(said["caller_role"])
        notes = [said["note"]]
        if said["caller_role"] and not role:
            notes.insert(0, f"Role: {said['caller_role']}")
        if said["symptom"] and not symptom:
            notes.insert(0, f"Symptom: {said['symptom']}")
        precision = values.get("precision", "").strip() or start.precision
        if precision not in PRECISIONS:
            raise BadInput(f"“{precision}” is no precision: use {', '.join(PRECISIONS)}.")
        return CallRecord(
            started_at=start.at,
            court=court.id,
            office=office.id,
            caller=_caller(values, role),
            phone=values.get("caller_phone", ""),
            symptom=symptom,
            note="\n".join(filter(None, notes)),
            outcome=self._outcome(values.get("outcome", "")),
            due_at=self.times.due(values, office.zone),
            reason=storable(values.get("reason", "")),
            tags=tuple(map(tag_meant, values.get("tags", "").replace(",", " ").split())),
            direction=direction_meant(values.get("direction", "")),
            source=IMPORTED,
            clerk=" ".join(values.get("clerk", "").split()),
            precision=precision,
            edited=flag_meant(values.get("edited", "")) or start.said == "shifted",
            clock_changed=flag_meant(values.get("clock_changed", "")),
            **self.times.lengths(values, start, office.zone),
        )

    def _outcome(self, text: str) -> str:
        if self._kind != "calls":
            return OUTCOMES[0]
        if text:
            return outcome_meant(text)
        if not self._options.outcome:
            raise BadInput(
                "no outcome: the call was running when the file was written."
                if self._own
                else "no outcome: --outcome names one for such rows."
            )
        return self._options.outcome

    def _refuse_clerk(self, login: str) -> None:
        """Refuse whom the staff list could not take; our own files name who is on one."""
        if login in self._logins or self._own:
            return
        try:
            refuse_login(login)
        except BadInput as refusal:
            said, heading = str(refusal).removesuffix("."), self._columns["clerk"].heading
            raise BadInput(f"{said}; --map “{heading}=” leaves the clerks out.") from None
        self._logins.add(login)

    def _refuse_secrets(self, values: Mapping[str, str]) -> set[str]:
        """Refuse secrets in what is kept of a row; gives what was looked at."""
        kept = {name: text for name in _KEPT if (text := values.get(name))}
        for name, text in kept.items():
            if text in self._clean:
                continue
            heading = self._columns[name].heading
            if len(text) > _LONGEST:
                raise BadInput(f"“{heading}” has {len(text):,} characters: at most {_LONGEST:,}.")
            if found := find_secret(text):
                raise BadInput(f"“{heading}” looks like {found.kind}: take it out.")
            if len(text) <= _SHORT and len(self._clean) < _REMEMBERED:
                self._clean.add(text)
        return set(kept.values())

    def _count(self, record: CallRecord, start: Start, line: int) -> None:
        if start.said == "shifted":
            self.shifted.append(line)
        twice = start.said == "doubled"
        self.counts["begin in an hour that came twice: the first is taken"] += twice
        self.clerks[record.clerk] += 1
        if self._kind != "calls":
            return
        waits = record.outcome in PROMISED and record.due_at is None
        self.counts["wait or were promised a call, and nobody said until when"] += waits
        self.counts["have no symptom"] += not record.symptom
        self.counts["have no lengths of time"] += record.talk_s is None


def _role(text: str) -> str:
    try:
        return role_meant(text)
    except BadInput:
        return ""


def _caller(values: Mapping[str, str], role: str) -> Caller | None:
    name, firm, email = (
        " ".join(values.get(f"caller_{each}", "").split()) for each in ("name", "firm", "email")
    )
    return Caller(0, name, firm, role, email) if name or firm or email else None
