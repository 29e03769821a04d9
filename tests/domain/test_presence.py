from __future__ import annotations

from helpdesk.domain.presence import Presence, here_said, sign_of

JLEE, AKIM, OTHER = (
    Presence(7, "jlee", on_call=True),
    Presence(7, "akim", on_call=False),
    Presence(8, "bnovak", on_call=False),
)


def test_who_is_at_a_ticket_is_said_with_what_they_do() -> None:
    assert here_said((JLEE,), 7) == "JLEE is on a call about this ticket"
    assert here_said((AKIM, OTHER), 7) == "AKIM is viewing this ticket"
    both = "JLEE is on a call about this ticket; AKIM is viewing this ticket"
    assert here_said((AKIM, JLEE), 7) == both
    two = (AKIM, Presence(7, "tshaw", on_call=False))
    assert here_said(two, 7) == "AKIM, TSHAW are viewing this ticket"


def test_nobody_is_not_said() -> None:
    assert here_said((JLEE, AKIM), 9) == ""
    assert sign_of((JLEE, AKIM), 9) == ""


def test_a_clerk_at_two_consoles_is_named_once() -> None:
    viewing = Presence(7, "jlee", on_call=False)
    assert here_said((viewing, JLEE), 7) == "JLEE is on a call about this ticket"
    assert sign_of((viewing, JLEE), 7) == "@jlee"


def test_a_row_counts_whom_it_does_not_name() -> None:
    assert sign_of((AKIM, JLEE, OTHER), 7) == "@akim+1"
    assert sign_of((Presence(7, "averylongname", on_call=False),), 7) == "@averylon"
