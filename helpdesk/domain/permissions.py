"""Who may do what: one permission an act, one table."""

from __future__ import annotations

from typing import Final

ROLES: Final = ("clerk", "lead", "supervisor", "admin", "auditor")
"""The roles, each with the rights of the table below."""

_READ: Final = frozenset({"read", "figures"})
_CALL: Final = _READ | {"call", "record"}
_LEAD: Final = _CALL | {"export", "incident", "compare"}
_SUPERVISE: Final = _LEAD | {"history", "playbooks", "redact", "hold"}

TABLE: Final[dict[str, frozenset[str]]] = {
    "clerk": _CALL | {"export"},
    "lead": _LEAD,
    "supervisor": _SUPERVISE,
    "admin": _SUPERVISE | {"staff", "upkeep", "purge"},
    "auditor": _READ | {"compare"},
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
