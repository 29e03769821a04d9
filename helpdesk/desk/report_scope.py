"""What is asked of a report, and what that means at a desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from helpdesk.desk.desk import Desk
from helpdesk.desk.history_words import place_named
from helpdesk.desk.tickets import query_of
from helpdesk.domain.business_time import Calendar, hours_meant
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_meant, period_of_days
from helpdesk.domain.permissions import allows, who_may
from helpdesk.domain.whens import moment_from_iso
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.port import Port
from helpdesk.stats.as_of import rows_at
from helpdesk.stats.catalogue import CATALOGUE
from helpdesk.stats.scope import Scope
from helpdesk.store.clerks import find_logins
from helpdesk.store.outages import first_call
from helpdesk.store.past_file import PastFile
from helpdesk.store.ticket_lists import find_ids

_ALL = -1


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a report, as it was typed."""

    report: str = "by-symptom"
    """The report's name."""

    period: str = ""
    """A period of the query language; empty for the days of ``first`` and ``last``."""

    first: str = ""
    """The first day, month or year; empty for that of the first call."""

    last: str = ""
    """The last one, included; empty for today."""

    court: str = ""
    """``ianb`` or ``ianb/sioux-city``; empty for all."""

    clerk: str = ""
    """A login, or ``me``; empty for all."""

    symptom: str = ""
    """A slug; empty for all."""

    query: str = ""
    """Which tickets, as in the query language; empty for all."""

    as_of: str = ""
    """The moment whose knowledge counts; empty for now."""

    attribute: str = ""
    """Where half hours count a call: ``end`` for where its wrap was over; ``start``, or empty,
    for where it began."""

    unit: str = ""
    """The span of a trend: day, week, sunday-week, month or fy."""


def scope_of(desk: Desk, question: Question) -> Scope:
    """Read what a report is about.

    Args:
        desk: The desk.
        question: What is asked.

    Returns:
        The scope, with the tables as they stood then when anything was written since.

    Raises:
        BadInput: When a period or a moment cannot be read, or lies ahead.
        NotFound: When there is no such court, office, clerk or symptom.
        NotAllowed: When a clerk asks for another clerk's figures, be it by a query.
    """
    court, office = _place(desk, question.court)
    if question.symptom and question.symptom not in desk.library.playbooks:
        raise NotFound(
            f"There is no symptom “{question.symptom}”: helpdesk playbooks list names them."
        )
    period = period_of(desk, question.period, question.first, question.last, court)
    as_of = moment_of(desk, question.as_of, period.zone)
    return Scope(
        period,
        as_of,
        court=court,
        office=office,
        clerk=_clerk(desk, question.clerk),
        symptom=question.symptom,
        tickets=_tickets(desk, question.query),
        by_end=question.attribute == "end",
        past=bool(question.as_of),
    )


def port_at(desk: Desk, as_of: int) -> Port:
    """The database as it stood at a moment: the last one asked about is kept.

    Args:
        desk: The desk.
        as_of: The moment, in seconds UTC.

    Returns:
        A database that is only read.
    """
    key = (as_of, desk.whole.head())
    if desk.past is None or desk.past[0] != key:
        if desk.past is not None:
            desk.past[1].close()
        desk.past = key, PastFile(desk.folder.database, rows_at(desk.whole, as_of))
    return desk.past[1]


def calendar_of(desk: Desk) -> Calendar:
    """When the desk's own office is open.

    Args:
        desk: The desk.

    Returns:
        Its hours of the settings, without holidays and days on which the court is closed.
    """
    hours = hours_meant(desk.settings.hours)
    return Calendar(desk.home_office.zone, hours, desk.home_court.closed)


def own_only(desk: Desk) -> int | None:
    """The clerk who may see no other's figures.

    Args:
        desk: The desk.

    Returns:
        Who is signed in, or ``None`` for who may see those of all.
    """
    return None if allows(desk.clerk.role, "compare") else desk.clerk.id


def whose(desk: Desk, question: Question, scope: Scope) -> str:
    """Name the clerk whose rows alone a report shows.

    Args:
        desk: The desk.
        question: What is asked.
        scope: What the report is about.

    Returns:
        The login; empty for the rows of all.
    """
    clerk = scope.clerk
    if clerk is None and CATALOGUE[question.report].own:
        clerk = own_only(desk)
    return "" if clerk is None else find_logins(desk.whole)[clerk]


def period_of(desk: Desk, period: str, first: str, last: str, court: str = "") -> Period:
    """Read the days that a report is to cover.

    Args:
        desk: The desk.
        period: A period as it is typed in a query; empty for the days of the others.
        first: A day, month or year, as periods are typed; empty for that of the first call.
        last: The same, included; empty for today.
        court: The court in whose zone days are meant; empty for the desk's own office.

    Returns:
        The period, up to and without the day after the last.

    Raises:
        BadInput: When one cannot be read, or the last lies before the first.
        NotFound: When there is no such court.
    """
    zone = desk.court(court).offices[0].zone if court else desk.home_office.zone
    now = desk.clock.now()
    if period:
        if first or last:
            raise BadInput("A period is given twice: leave --period or --from and --to out.")
        return _read("--period", period, now, zone, range_too=True)
    today = period_meant("today", now, zone)
    starts = _read("--from", first, now, zone) if first else None
    ends = _read("--to", last, now, zone) if last else today
    if starts is None:
        began = first_call(desk.whole)
        day = local(today.start if began is None else began, zone).date()
        starts = period_of_days(day, day + timedelta(days=1), zone)
        if ends.end <= starts.start:
            starts = ends
    if ends.end <= starts.start:
        if not last:
            raise BadInput(f"--from: “{first}” lies ahead: name an earlier day, or --to too.")
        raise BadInput(f"--to: “{last}” lies before --from “{first}”: turn them round.")
    return Period(starts.start, ends.end, zone)


def moment_of(desk: Desk, typed: str, zone: str) -> int:
    """Read the moment whose knowledge counts.

    Args:
        desk: The desk.
        typed: ISO 8601, or a day for its end; empty for now.
        zone: In which zone it is meant where no offset is written.

    Returns:
        Seconds UTC.

    Raises:
        BadInput: When it cannot be read, or lies ahead.
    """
    now = desk.clock.now()
    typed = typed.strip()
    if typed.lower() in {"", "now"}:
        return now
    try:
        moment = period_meant(typed, now, zone).end - 1
    except BadInput:
        try:
            moment = moment_from_iso(typed, zone)
        except BadInput as error:
            raise BadInput(f"--as-of: {error}") from error
    if moment > now:
        raise BadInput(f"--as-of: “{typed}” lies ahead: nothing is known of it yet.")
    return moment


def _place(desk: Desk, typed: str) -> tuple[str, str]:
    """The ids of a court and an office, in whatever letters they were typed."""
    if not typed.strip():
        return "", ""
    court, parted, office = (part.strip() for part in typed.partition("/"))
    if not court or (parted and not office):
        raise BadInput(f"“{typed}” is half a place: write COURT or COURT/OFFICE.")
    found, at = place_named(desk, court, office)
    return found.id, at.id if office else ""


def _clerk(desk: Desk, login: str) -> int | None:
    if not login:
        return None
    logins = {name.lower(): clerk for clerk, name in find_logins(desk.whole).items()}
    found = desk.clerk.id if login == "me" else logins.get(login.lower())
    if found is None:
        raise NotFound(f"There is no clerk “{login}”: helpdesk staff list names them.")
    if found != desk.clerk.id:
        _refuse_figures_of(desk, login)
    return found


def _refuse_figures_of(desk: Desk, login: str) -> None:
    """Refuse another clerk's figures to who may see the own ones only."""
    if own_only(desk) is not None:
        raise NotAllowed(
            f"Your role, {desk.clerk.role}, sees its own figures only: ask a "
            f"{' or '.join(who_may('compare'))} for those of {login}."
        )


def _tickets(desk: Desk, typed: str) -> frozenset[int] | None:
    if not typed.strip():
        return None
    query = query_of(desk, typed)._replace(sort="newest")
    named = (login for clause in query.of("clerk") for login in clause.values)
    for login in named:  # negated ones too: what is left out can be subtracted
        if login != desk.clerk.login:
            _refuse_figures_of(desk, login)
    return frozenset(find_ids(desk.port, query, desk.clock.now(), _ALL))


def _read(name: str, text: str, now: int, zone: str, *, range_too: bool = False) -> Period:
    if ".." in text and not range_too:
        raise BadInput(f"{name}: “{text}” is two days: give one with --from and one with --to.")
    try:
        return period_meant(text.strip().lower(), now, zone)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from error
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{name}: “{text}” lies too far off: give a day of this age.") from error
