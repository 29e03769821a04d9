"""Who may do what: one permission an act, one table."""

from __future__ import annotations

from typing import Final

ROLES: Final = ("clerk", "lead", "supervisor", "admin", "auditor")
"""The roles, each with the rights of the table below."""

PERMISSIONS: Final = {
    "read": "look at calls, tickets, callers and playbooks",
    "persons": "see who called, and find people by name, number or word",
    "figures": "make reports; a clerk of the own figures",
    "compare": "compare clerks in reports",
    "call": "take calls",
    "record": "write down calls, answers, actions, notes; correct a ticket's court and symptom",
    "export": "export rows and reports",
    "incident": "declare and end incidents",
    "history": "correct times, void tickets, take back what others did, review flagged calls",
    "playbooks": "keep the playbooks",
    "access": "read who looked at whom",
    "redact": "take words out for good",
    "hold": "set and release legal holds",
    "purge": "take out what the rules of retention say",
    "staff": "add people, give roles and passcodes",
    "upkeep": "import, mend and keep the desk",
}
"""Every permission, with what it is for."""

_READ: Final = frozenset({"read", "figures"})
_CALL: Final = _READ | {"persons", "call", "record"}
_LEAD: Final = _CALL | {"export", "incident", "compare"}
_SUPERVISE: Final = _LEAD | {"history", "playbooks", "access", "redact", "hold"}

TABLE: Final[dict[str, frozenset[str]]] = {
    "clerk": _CALL | {"export"},
    "lead": _LEAD,
    "supervisor": _SUPERVISE,
    "admin": _SUPERVISE | {"staff", "upkeep", "purge"},
    "auditor": _READ | {"compare", "access"},
}
"""Permissions by role."""


def allows(role: str, permission: str) -> bool:
    """Whether a role may do something.

    Args:
        role: One of ``ROLES``.
        permission: The permission an act asks for.

    Returns:
        ``True`` when it may.
    """
    return permission in TABLE.get(role, frozenset())


def who_may(permission: str) -> tuple[str, ...]:
    """The roles that may do something.

    Args:
        permission: The permission.

    Returns:
        Their names, for a refusal that says whom to ask.
    """
    return tuple(role for role in ROLES if allows(role, permission))
