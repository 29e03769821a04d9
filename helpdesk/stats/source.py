"""What a report is made from: the database, its scope, the names of things, and the choices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from helpdesk.domain.business_time import Calendar
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.playbook import Playbook
from helpdesk.port import Port
from helpdesk.stats.definitions import KINDS, Figures
from helpdesk.stats.pieces import Part, Piece, Place, Progress
from helpdesk.stats.rollups import counted, pieces
from helpdesk.stats.scope import Scope
from helpdesk.stats.staffing import Target
from helpdesk.stats.trend import label_of


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called."""

    symptoms: Mapping[str, str] = field(default_factory=dict)
    """Titles by slug."""

    clerks: Mapping[int, str] = field(default_factory=dict)
    """Logins by id."""

    def symptom(self, slug: str) -> str:
        """The title of a symptom."""
        return self.symptoms.get(slug, slug) or "(none chosen)"

    def clerk(self, clerk: int | None) -> str:
        """The login of a clerk; empty for nobody."""
        return "" if clerk is None else self.clerks.get(clerk, f"clerk {clerk}")


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made from."""

    port: Port
    """The database."""

    scope: Scope
    """Which calls and tickets it is about."""

    calendar: Calendar
    """When the desk's own office is open."""

    names: Names = field(default_factory=Names)
    """What things are called."""

    unit: str = ""
    """The span of a trend, one of ``UNITS``; empty to choose by the length of the period."""

    target: Target = field(default_factory=Target)
    """How many calls are to be answered how soon."""

    credentials: tuple[str, ...] = ()
    """Kinds of action that hand a way in out."""

    checks: tuple[str, ...] = ()
    """Kinds of action that are identity checks."""

    book_of: Callable[[str], Playbook] | None = None
    """Reads the playbook of a version from its kept text."""

    named: bool = True
    """Whether callers and firms may be named."""

    own: int | None = None
    """The clerk who may see only the own figures; ``None`` for whoever may see all."""

    progress: Progress | None = None
    """Told how much is done."""

    began: date | None = None
    """The day of the first call, in the period's zone; ``None`` before there is one."""

    def pieces(self, part: Part, *, by_day: bool = False) -> Iterator[Piece]:
        """The sums of the calls, piece by piece.

        Args:
            part: By what.
            by_day: Whether every piece must be of one day.

        Returns:
            The pieces.
        """
        return pieces(self.port, self.scope, part, self.progress, by_day=by_day)

    def counted(self, part: Part, name: str) -> Counter[str]:
        """How many calls count as one thing, without the sums of all else.

        Args:
            part: By what they are told apart.
            name: As what they count; nothing that depends on calls before and after.

        Returns:
            The numbers by the part's values.
        """
        found: Counter[str] = Counter()
        for _, numbers in self.counted_pieces(part, name):
            found.update(numbers)
        return found

    def counted_pieces(
        self, part: Part, name: str, *, by_day: bool = False
    ) -> Iterator[tuple[Place, dict[str, int]]]:
        """The same piece by piece; see :func:`helpdesk.stats.rollups.counted`."""
        return counted(self.port, self.scope, part, name, by_day=by_day)

    def within(self, period: Period) -> Source:
        """The same about another period.

        Args:
            period: The period.

        Returns:
            What a report about it is made from.
        """
        return replace(self, scope=replace(self.scope, period=period))

    def about(self, *, symptom: str = "", clerk: int | None = None) -> Source:
        """The same, narrowed down to one symptom or one clerk.

        Args:
            symptom: Its slug; empty for what it is about by now.
            clerk: The clerk's id; ``None`` for whose it is by now.

        Returns:
            What a report about that alone is made from.
        """
        whose = self.scope.clerk if clerk is None else clerk
        what = symptom or self.scope.symptom
        return replace(self, scope=replace(self.scope, symptom=what, clerk=whose))

    def with_everybody(self) -> Source:
        """The same about every clerk: what one clerk's figures are compared with."""
        return replace(self, scope=replace(self.scope, clerk=None))

    def may_see(self, clerk: int) -> bool:
        """Whether who asks may see a row that is of this clerk."""
        return self.own in (None, clerk)

    @property
    def days(self) -> tuple[date, date]:
        """The first day of the period, and the one after the last."""
        period = self.scope.period
        return (
            local(period.start, period.zone).date(),
            local(period.end - 1, period.zone).date() + timedelta(days=1),
        )

    @property
    def known(self) -> date:
        """The day after the last that was over at as-of."""
        return local(self.scope.as_of + 1, self.scope.period.zone).date()

    def knows(self, days: tuple[date, date]) -> bool:
        """Whether calls were taken on all of some days, so that others compare with them.

        Args:
            days: The first, and the one after the last.

        Returns:
            ``False`` of no day, and where the first lies before that of the first call.
        """
        return self.began is not None and self.began <= days[0] < days[1]


def grouped(
    found: Iterator[Piece], key_of: Callable[[Piece, str], str]
) -> tuple[dict[str, Figures], Figures]:
    """Add up pieces, as :func:`added_up` does.

    Returns:
        The sums by key, and those of all of them.
    """
    groups = added_up(found, key_of)
    return groups, whole_of(groups.values())


def added_up(found: Iterator[Piece], key_of: Callable[[Piece, str], str]) -> dict[str, Figures]:
    """Add up pieces.

    Args:
        found: The pieces.
        key_of: Says of a piece and one of its values under which key it is added up.

    Returns:
        The sums by key.
    """
    groups: defaultdict[str, Figures] = defaultdict(Figures)
    for piece in found:
        for value, figures in piece.values.items():
            groups[key_of(piece, value)].add(figures)
    return dict(groups)


def whole_of(groups: Iterable[Figures]) -> Figures:
    """Add up sums.

    Args:
        groups: They.

    Returns:
        The sums of all of them.
    """
    whole = Figures()
    for figures in groups:
        whole.add(figures)
    return whole


def previous(period: Period, days: tuple[date, date]) -> Period:
    """The period before, of as many days; before a whole month that of the month before.

    Args:
        period: A period of whole days.
        days: Its first day, and the one after the last.

    Returns:
        The one before.
    """
    first, after = days
    if (
        first.day == 1
        and after.day == 1
        and label_of(after - timedelta(days=1), "month") == (label_of(first, "month"))
    ):
        before = (first - timedelta(days=1)).replace(day=1)
    else:
        before = first - (after - first)
    return period_of_days(before, first, period.zone)


def reconciled(whole: Figures) -> str:
    """Say where every call in range went.

    Args:
        whole: The sums of all of them.

    Returns:
        One line that adds up.
    """
    rows = sum(whole.counts[kind] for kind in KINDS)
    parts = " + ".join(f"{kind} {whole.counts[kind]:,}" for kind in KINDS)
    return f"rows in range {rows:,} = {parts}"
