from __future__ import annotations

import pytest

from helpdesk.domain.permissions import ROLES, TABLE, allows, who_may

PERMISSIONS = sorted(frozenset().union(*TABLE.values()))


def test_every_role_has_its_row() -> None:
    assert set(TABLE) == set(ROLES)


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize("role", ROLES)
def test_the_table_alone_says_who_may_do_what(role: str, permission: str) -> None:
    assert allows(role, permission) is (permission in TABLE[role])
    assert (role in who_may(permission)) is allows(role, permission)


def test_an_auditor_only_looks() -> None:
    assert TABLE["auditor"] == {"read", "figures", "compare", "access"}


def test_a_clerk_may_not_see_the_figures_of_others() -> None:
    assert who_may("compare") == ("lead", "supervisor", "admin", "auditor")


@pytest.mark.parametrize("permission", ["staff", "upkeep"])
def test_only_an_admin_changes_who_may_do_what(permission: str) -> None:
    assert who_may(permission) == ("admin",)


@pytest.mark.parametrize("permission", ["call", "record"])
def test_whoever_answers_the_phone_may_take_calls(permission: str) -> None:
    assert who_may(permission) == ("clerk", "lead", "supervisor", "admin")


@pytest.mark.parametrize("role", ["", "root", "Admin", "nobody"])
def test_an_unknown_role_may_nothing(role: str) -> None:
    assert not any(allows(role, permission) for permission in PERMISSIONS)


def test_nobody_has_a_permission_that_does_not_exist() -> None:
    assert who_may("fly") == ()
