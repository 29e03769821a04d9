"""Past calls as tests need them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from tests.support.clock import START

CALLER: Final = Caller(0, name="Whitfield, Dana", firm="Whitfield & Roe LLP", role="attorney")
PHONE: Final = "(212) 555-0144"
RECORD: Final = CallRecord(
    started_at=START,
    court="ncmb",
    caller=CALLER,
    phone=PHONE,
    symptom="forgot-cmecf-before-link",
    answers=(("cmecf", "yes"), ("unlinked", "yes"), ("tell", "no")),
    actions=(
        ("called-back", {}),
        ("name-and-firm", {}),
        ("temporary-password", {"delivery": "called back"}),
    ),
    note="Chrome, the firewall blocks pop-ups",
    outcome="waiting",
    due_at=START + 86_400,
    talk_s=900,
    hold_s=0,
    wrap_s=40,
)


def story(desk: Desk) -> list[CallRecord]:
    """Six calls: one ticket is promised, reopened, resolved and reopened again.

    Args:
        desk: The desk whose ids the tickets get.

    Returns:
        The calls in the order of their times.
    """
    first, second = desk.ids.make(START), desk.ids.make(START + 60)
    later = replace(
        RECORD, started_at=START + 5_000, actions=(), due_at=None, outcome="resolved", note="",
        continues=first, symptom="",
    )  # fmt: skip
    return [
        replace(RECORD, ticket=first),
        CallRecord(START + 60, "ianb", ticket=second, outcome="dropped", talk_s=5, tags=("test",)),
        later,
        replace(
            later, started_at=START + 9_000, outcome="callback", due_at=START + 50_000,
            symptom="linking-error", answers=(("linked", "no"),), direction="out",
        ),
        replace(later, started_at=START + 20_000, outcome="dropped", answers=(), note="cut off"),
        replace(RECORD, started_at=START + 30_000, phone="+1 212 555 0144", court="ianb"),
    ]  # fmt: skip


def many_calls(many: int) -> list[CallRecord]:
    """Resolved calls of as many callers, a minute apart and the last an hour ago.

    Args:
        many: How many.

    Returns:
        The calls in the order of their times.
    """
    return [
        replace(
            RECORD, started_at=START - 3_600 - 60 * (many - place), phone=f"21255{place:05}",
            caller=replace(CALLER, name=f"Roe, Pat {place}"), answers=(), actions=(),
            note="firewall" if place % 2 else "cache", outcome="resolved", due_at=None,
        )
        for place in range(many)
    ]  # fmt: skip
