"""What holds for every act there is, whichever module it stands in."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import ModuleType, UnionType
from typing import Any, Final

import pytest

import helpdesk.desk
import helpdesk.domain
from helpdesk.desk.acting import Batch, refuse_secrets
from helpdesk.desk.callers import find_callers
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Clerk, Desk
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.view import call_view
from helpdesk.domain.journal import Change, Head
from helpdesk.domain.permissions import ROLES, TABLE, allows
from helpdesk.errors import ChangedMeanwhile, NotAllowed, SecretFound
from tests.support.calls import rows
from tests.support.chains import faults_of

SECRET: Final = "my password is Kx49mmRtQq7"

NO_ACTS: Final = {"act_now", "keep_draft", "take_out", "tell_backup", "write_backup"}
"""Functions that write without being acts: parts of some, or they say themselves for whom; one
writes nothing and notes an act."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(helpdesk.desk.__path__, "helpdesk.desk."):
        yield importlib.import_module(found.name)


def functions() -> dict[str, Callable[..., object]]:
    """Every public function of ``desk/`` that takes a desk first."""
    found: dict[str, Callable[..., object]] = {}
    for module in modules():
        for name, value in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(value).parameters), "")
            mine = value.__module__ == module.__name__
            if mine and not name.startswith("_") and first == "desk":
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = value
    return found


FUNCTIONS: Final = functions()
ACTS: Final = {name: each for name, each in FUNCTIONS.items() if hasattr(each, "permission")}


def permission_of(act: Callable[..., object]) -> str:
    return str(getattr(act, "permission"))  # noqa: B009 - the decorator adds it


NAMES: Final = {
    name: kind
    for package in (helpdesk.desk, helpdesk.domain)
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    for name, kind in inspect.getmembers(importlib.import_module(found.name), inspect.isclass)
}
"""Every class, for hints that a module names without importing it while it runs."""


def hints_of(named: object) -> dict[str, Any]:
    return typing.get_type_hints(named, localns=NAMES)


def parts_of(hint: object) -> tuple[object, ...]:
    """A hint, or those joined in it by ``|``."""
    joined = typing.get_origin(hint) in {UnionType, typing.Union}
    return typing.get_args(hint) if joined else (hint,)


def holding(hint: object, text: str) -> Iterator[object]:
    """Values of a type that hold a text, one for each place it can stand in."""
    for part in parts_of(hint):
        origin = typing.get_origin(part)
        if part is str:
            yield text
        elif origin is Mapping or origin is dict:
            yield {"field": text}
            yield {text: "value"}
        elif isinstance(part, type) and names_of(part) and not _made_by_desk(part):
            yield from records_holding(part, text)


def _made_by_desk(kind: type) -> bool:
    """Whether nobody typed what it holds."""
    return bool(getattr(kind, "made_by_desk", False))


def names_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass or of a named tuple; none of anything else."""
    if is_dataclass(kind):
        return tuple(each.name for each in fields(kind))
    return getattr(kind, "_fields", ())


def records_holding(kind: type, text: str) -> Iterator[object]:
    hints = hints_of(kind)
    for name in names_of(kind):
        for value in holding(hints[name], text):
            yield kind(**{**plain(kind), name: value})


def plain(kind: type) -> dict[str, Any]:
    """What a record needs at least: empty texts, and nothing."""
    hints = hints_of(kind)
    needed = inspect.signature(kind).parameters.values()
    return {
        each.name: "" if hints[each.name] is str else 0
        for each in needed
        if each.default is inspect.Parameter.empty
    }


def calls_with(act: Callable[..., object], text: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Arguments for an act, the text in one of them at a time."""
    hints = hints_of(act)
    parameters = list(inspect.signature(act).parameters.values())[1:]
    needed = {
        each.name: "" if hints[each.name] is str else 17
        for each in parameters
        if each.default is inspect.Parameter.empty
    }
    for each in parameters:
        for value in holding(hints[each.name], text):
            yield each.name, {**needed, each.name: value}


TEXTS: Final = [
    pytest.param(act, arguments, id=f"{name}-{argument}-{place}")
    for name, act in ACTS.items()
    for place, (argument, arguments) in enumerate(calls_with(act, SECRET))
]


def test_the_acts_are_found() -> None:
    assert {"calls.start_call", "notes.add_note_to_call", "undo.undo_last"} <= set(ACTS)
    taken = {str(each.id) for each in TEXTS}
    assert {"notes.add_note_to_call-text-0", "callers.find_callers-typed-0"} <= taken
    assert any("callers.add_caller-caller" in each for each in taken)
    assert any("actions.add_action_to_call-fields" in each for each in taken)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_whatever_writes_under_an_operation_id_is_an_act(name: str) -> None:
    function = FUNCTIONS[name]
    writes = "stamp" in inspect.signature(function).parameters
    assert not writes or name in ACTS or name.rpartition(".")[2] in NO_ACTS


@pytest.mark.parametrize("name", ACTS)
def test_an_act_asks_for_a_permission_that_somebody_has(name: str) -> None:
    assert any(allows(role, permission_of(ACTS[name])) for role in ROLES)


@pytest.mark.parametrize(("act", "arguments"), TEXTS)
def test_no_text_of_any_act_takes_a_secret(
    desk: Desk, act: Callable[..., object], arguments: dict[str, object]
) -> None:
    before = desk.port.head()
    with pytest.raises(SecretFound, match="take it out") as refused:
        act(desk, **arguments)
    assert "Kx49mm" not in str(refused.value)
    assert desk.port.head() == before


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_refused_to_every_role_that_may_not_do_it(desk: Desk, name: str) -> None:
    act, permission = ACTS[name], permission_of(ACTS[name])
    parameters = list(inspect.signature(act).parameters.values())[1:]
    needed = {each.name: 17 for each in parameters if each.default is inspect.Parameter.empty}
    able = ", ".join(role for role in ROLES if permission in TABLE[role])
    for role in ROLES:
        if permission not in TABLE[role]:
            desk.clerk = Clerk(desk.clerk.id, "guest", role)
            with pytest.raises(NotAllowed) as refused:
                act(desk, **needed)
            assert str(refused.value) == f"guest is {role}: ask one of {able}."


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_take_calls_can_take_one(desk: Desk, role: str) -> None:
    desk.clerk = Clerk(desk.clerk.id, desk.clerk.login, role)
    if allows(role, "call"):
        assert start_call(desk)
    else:
        with pytest.raises(NotAllowed):
            start_call(desk)
    assert find_callers(desk, "") == []


def test_a_refusal_says_where_the_secret_stands() -> None:
    with pytest.raises(SecretFound, match=r"a password \(character 13 to 19\)"):
        refuse_secrets("password is banana1")
    refuse_secrets("password reset")


@pytest.mark.parametrize("seen", [None, Head()])
def test_a_batch_follows_what_others_have_written_meanwhile(desk: Desk, seen: Head | None) -> None:
    batch = Batch(desk)
    batch.tell("desk", "mine", [Change("what", None, "mine")], seen=seen)
    other = Batch(desk)
    other.tell("desk", "theirs")
    other.send()
    batch.send()
    assert [
        row["act"] for row in rows(desk, "SELECT act FROM journal WHERE subject = 'desk'")
    ] == [
        "theirs",
        "mine",
    ]
    assert faults_of(desk.port) == []


def test_a_batch_that_was_decided_on_a_head_is_refused_when_it_moved(desk: Desk) -> None:
    batch = Batch(desk)
    batch.tell("desk", "mine", head=Head())
    other = Batch(desk)
    other.tell("desk", "theirs")
    other.send()
    with pytest.raises(ChangedMeanwhile):
        batch.send()
    assert len(rows(desk, "SELECT * FROM journal WHERE subject = 'desk'")) == 1


def test_a_batch_that_tells_two_things_of_one_subject_tells_them_in_order(desk: Desk) -> None:
    batch = Batch(desk)
    for name in ("first", "second", "third"):
        batch.tell("desk", name)
    batch.send()
    told = rows(desk, "SELECT seq, act FROM journal WHERE subject = 'desk' ORDER BY id")
    assert told == [
        {"seq": 1, "act": "first"},
        {"seq": 2, "act": "second"},
        {"seq": 3, "act": "third"},
    ]
    assert faults_of(desk.port) == []


def test_an_act_that_is_refused_leaves_the_call_as_it_was(desk: Desk) -> None:
    call = start_call(desk)
    before = call_view(desk, call)
    with pytest.raises(SecretFound):
        add_note_to_call(desk, call, SECRET)
    assert call_view(desk, call) == before
