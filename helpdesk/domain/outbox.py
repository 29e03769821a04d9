"""An act of a call as a line of text, so that it can be done again when the database is there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple

from helpdesk.domain.acts_of_a_call import BEGIN, OF_A_CALL

SAVED: Final = "now saved in the database."
"""How what is said ends when nothing waits any more."""

_CALLER: Final = "a caller"
_CAUSES: Final = (
    ("Another program holds", "database locked"),
    ("disk may be full", "disk full"),
    ("read-only", "database read-only"),
    ("newest backup", "database damaged"),
    ("newer helpdesk", "database newer"),
)


class KeptAct(NamedTuple):
    """One act of a call, with all that made it come out as it did."""

    name: str
    """The act, one of ``OF_A_CALL``."""

    given: Sequence[Any]
    """What it was given after the desk, in order."""

    named: Mapping[str, Any]
    """What it was given by name."""

    op: str
    """The operation's id."""

    at: int
    """When, in seconds UTC."""

    clerk: int
    """The clerk's id."""

    login: str
    """The clerk's login."""

    console: int | None
    """The console's id."""

    ticks: float
    """The clock that nobody can set, in seconds."""

    marks: Mapping[int, tuple[int, float]]
    """For each running call: when its stretch began, by both clocks."""

    ids: Sequence[int]
    """The ids that it gave to rows, in order."""

    call: int
    """The call it was about."""

    def of_call(self, result: object) -> KeptAct:
        """Name the call of an act that began one.

        Args:
            result: What it returned.

        Returns:
            The act, with its call.
        """
        if self.name in BEGIN and isinstance(result, int):
            return self._replace(call=result)
        return self


def line_of(act: KeptAct) -> str:
    """Write an act as one line of JSON.

    Args:
        act: The act.

    Returns:
        The line, with its end.
    """
    told = {
        "act": act.name, "given": [_plain(each) for each in act.given],
        "named": {name: _plain(each) for name, each in act.named.items()},
        "op": act.op, "at": act.at, "clerk": act.clerk, "login": act.login,
        "console": act.console, "ticks": act.ticks,
        "marks": [[call, *mark] for call, mark in act.marks.items()],
        "ids": list(act.ids), "call": act.call,
    }  # fmt: skip
    return json.dumps(told) + "\n"


def act_of(told: Mapping[str, Any]) -> KeptAct | None:
    """Read an act that was a line.

    Args:
        told: The line's JSON.

    Returns:
        The act; ``None`` when it is none that a call goes on by.
    """
    try:
        if told["act"] not in OF_A_CALL:
            return None
        return KeptAct(
            name=told["act"],
            given=tuple(_rich(each) for each in told["given"]),
            named={str(name): _rich(each) for name, each in told["named"].items()},
            op=str(told["op"]), at=int(told["at"]), clerk=int(told["clerk"]),
            login=str(told["login"]), console=told["console"], ticks=float(told["ticks"]),
            marks={int(call): (int(at), float(since)) for call, at, since in told["marks"]},
            ids=tuple(map(int, told["ids"])), call=int(told["call"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def read_lines(text: str) -> list[Mapping[str, Any]]:
    """Read the lines of an outbox.

    Args:
        text: The whole file; what was being written when the power went is left out.

    Returns:
        The JSON of every line.
    """
    found: list[Mapping[str, Any]] = []
    for line in text.split("\0", maxsplit=1)[0].splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            found.append(told)
    return found


def cause_said(problem: str) -> str:
    """Say in a few words why the database cannot be written.

    Args:
        problem: The sentence of the refusal.

    Returns:
        The words.
    """
    return next((said for sign, said in _CAUSES if sign in problem), "no database")


def begun_said(problem: str) -> str:
    """Say that calls go on without the database.

    Args:
        problem: The sentence of the refusal.

    Returns:
        The sentences; that nothing was written is no news of what the outbox keeps.
    """
    said = problem.removesuffix(" Nothing was written.")
    return f"{said} Calls go on; their steps are kept in the outbox."


def waiting_said(waiting: int, why: str, *, on_disk: bool) -> str:
    """Say in the first line what is not in the database.

    Args:
        waiting: How many acts wait.
        why: Why the database cannot be written, in a few words.
        on_disk: Whether they are kept in a file.

    Returns:
        Such as ``! database locked: 7 in outbox``; empty when none waits.
    """
    if not waiting:
        return ""
    return f"! {why}: {waiting} in {'outbox' if on_disk else 'MEMORY ONLY'}"


def settled_said(written: int) -> str:
    """Say that what waited is in the database.

    Args:
        written: How many steps were written.

    Returns:
        The sentence; empty when none was.
    """
    steps = "1 step" if written == 1 else f"{written} steps"
    return f"{steps} from the outbox: {SAVED}" if written > 0 else ""


def _plain(value: object) -> object:
    from helpdesk.domain.calls import Caller  # noqa: PLC0415 - when an act is kept or done again

    if isinstance(value, Caller):
        return {_CALLER: asdict(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _rich(value: object) -> object:
    if isinstance(value, dict) and set(value) == {_CALLER}:
        from helpdesk.domain.calls import Caller  # noqa: PLC0415 - as above

        told = dict(value[_CALLER])
        return Caller(**told | {"phones": tuple(told["phones"])})
    return value
