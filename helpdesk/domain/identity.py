"""What must be known before a CM/ECF password or login may be given out (facts.md §1, §8, §20)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from helpdesk.domain.actions import ActionKind
from helpdesk.domain.playbook import NO, YES

PASSWORD_KIND: Final = "temporary-password"  # noqa: S105 - the name of a kind of action
"""The kind of action that issues one."""

PASSWORD_LENGTH: Final = 12
"""How many characters one has."""

_UPPER: Final = "ABCDEFGHJKLMNPQRTUVWXY"
_LOWER: Final = "abcdefghjkmnpqrtuvwxy"
_DIGITS: Final = "34679"


def missing_checks(
    done: Collection[str], kinds: Mapping[str, ActionKind], needed: int
) -> str | None:
    """Say which identity checks are still missing.

    Args:
        done: Kinds of the checks recorded on this ticket.
        kinds: Every kind of action.
        needed: How many different checks the desk asks for, at least one of them strong.

    Returns:
        What to do, or ``None`` when there are enough.
    """
    checks = {kind for kind in done if kind in kinds and kinds[kind].menu == "verify"}
    strong = [kind.text for kind in kinds.values() if kind.menu == "verify" and kind.strong]
    if not any(kinds[kind].strong for kind in checks):
        return (
            f"Record {needed} identity checks first (v), one of them: "
            f"{' or '.join(strong).lower()}. Name, firm and bar number are public."
        )
    if len(checks) < needed:
        return f"Record {needed - len(checks)} more identity check first (v)."
    return None


def credential_refusal(
    kind: str,
    facts: Mapping[str, str],
    done: Collection[str],
    kinds: Mapping[str, ActionKind],
    needed: int,
) -> str | None:
    """Say why a CM/ECF password or login must not be given out.

    Args:
        kind: The kind of action that would give it.
        facts: What the ticket knows, by the fact's name.
        done: Kinds of the checks recorded on this ticket.
        kinds: Every kind of action.
        needed: How many checks the desk asks for.

    Returns:
        The reason and the way on, or ``None`` when it may be given.
    """
    if facts.get("linked-here") == YES:
        return (
            "The accounts are linked: no CM/ECF password is left to reset here. The caller uses "
            "Forgot My Password on the PACER login page; if that fails, refer to PACER (h x 2)."
        )
    before = facts.get("court-is-live") == NO
    if before and kind == PASSWORD_KIND:
        return (
            "This court is not on NextGen yet, so there is nothing to link: "
            "record an ordinary CM/ECF password reset instead (a r)."
        )
    if not before and facts.get("linked-here") != NO:
        return "First answer whether the accounts are linked at this court."
    return missing_checks(done, kinds, needed)


def password_from(choose: Callable[[str], str]) -> str:
    """Make a password in the format of facts.md §8.

    Args:
        choose: Picks one sign of a text; :func:`secrets.choice` outside of tests.

    Returns:
        Twelve letters and digits with an upper-case letter, a lower-case letter and a digit
        among them, no look-alikes, and none of ``& @ $ *``.
    """
    while True:
        made = "".join(choose(_UPPER + _LOWER + _DIGITS) for _ in range(PASSWORD_LENGTH))
        if all(any(sign in group for sign in made) for group in (_UPPER, _LOWER, _DIGITS)):
            return made
