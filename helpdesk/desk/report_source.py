"""What a report is made from, as the desk knows it and its clerk may see it."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.desk.report_scope import Question, calendar_of, own_only, port_at
from helpdesk.desk.symptom_titles import all_titles
from helpdesk.domain.courts import local
from helpdesk.domain.permissions import allows
from helpdesk.playbooks.codec import playbook_from_json
from helpdesk.stats.pieces import Progress
from helpdesk.stats.scope import Scope
from helpdesk.stats.source import Names, Source
from helpdesk.store.clerks import find_logins
from helpdesk.store.outages import first_call


def source_of(
    desk: Desk, question: Question, scope: Scope, progress: Progress | None = None
) -> Source:
    """What a report is made from.

    Args:
        desk: The desk.
        question: What is asked.
        scope: What the report is about.
        progress: Told how much is done.

    Returns:
        The source.
    """
    port = port_at(desk, scope.as_of) if scope.past else desk.whole
    began = first_call(port)
    return Source(
        port=port,
        scope=scope,
        calendar=calendar_of(desk),
        names=Names(
            all_titles(desk),
            find_logins(desk.whole),
        ),
        unit=question.unit,
        credentials=tuple(kind.name for kind in desk.library.actions.values() if kind.credential),
        checks=tuple(kind.name for kind in desk.library.actions.values() if kind.menu == "verify"),
        book_of=playbook_from_json,
        named=allows(desk.clerk.role, "persons"),
        own=own_only(desk),
        progress=progress,
        began=None if began is None else local(began, scope.period.zone).date(),
    )
