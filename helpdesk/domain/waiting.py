"""Until when a call should wait, as the playbook says it: so many business days from a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from helpdesk.domain.business_days import business_days_after
from helpdesk.domain.courts import local
from helpdesk.domain.past_days import past_day_meant
from helpdesk.domain.playbook import Step
from helpdesk.domain.run import Run
from helpdesk.domain.whens import morning_of


@dataclass(frozen=True, slots=True)
class Suggested:
    """A time that a playbook suggests."""

    due_at: int | None
    """The moment, in seconds UTC; ``None`` when it lies behind."""

    said: str
    """Where it comes from, such as ``10 business days from 2026-05-28``."""


def suggested_wait(
    run: Run | None,
    asked: Mapping[str, str],
    now: int,
    zone: str,
    closed: Collection[date] = (),
) -> Suggested | None:
    """Find until when a call should wait.

    Args:
        run: The walk; the last of its steps that says how long counts.
        asked: What was filled in for the prompts of the call.
        now: The moment, in seconds UTC.
        zone: The caller's zone.
        closed: The court's closures.

    Returns:
        The time, or ``None`` when the playbook says nothing of it.
    """
    step = _last_that_waits(run)
    if step is None:
        return None
    today = local(now, zone).date()
    typed = asked.get(step.wait_from, "") if step.wait_from else ""
    known = past_day_meant(typed, today) if typed else None
    day = business_days_after(known or today, step.wait_days, closed)
    due_at = morning_of(day, zone)
    said = f"{step.wait_days} business days from {_since(step, typed, known)}"
    if due_at <= now:
        return Suggested(None, f"{said} were over on {day}")
    return Suggested(due_at, said)


def _last_that_waits(run: Run | None) -> Step | None:
    if run is None:
        return None
    steps = [*(each.step for each in run.passed), *([run.current] if run.current else [])]
    return next((step for step in reversed(steps) if step.wait_days), None)


def _since(step: Step, typed: str, known: date | None) -> str:
    if known is not None:
        return str(known)
    if typed:
        return f"today (“{typed}” is no day that I can read)"
    return f"today ({step.wait_from} not known)" if step.wait_from else "today"
