"""The acts of the calls that go on, in memory and in a file, until these calls are over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, Final

from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.outbox_file import OutboxFile
from helpdesk.domain.acts_of_a_call import BEGIN
from helpdesk.domain.outbox import KeptAct, line_of
from helpdesk.errors import StoreProblem
from helpdesk.port import Port
from helpdesk.store.outbox import all_known, all_over, was_done

_OVER_SECONDS: Final = 60.0
"""How long a call is remembered after its end: the file may be replaced just then."""


def act_now(
    desk: Desk, name: str, given: Sequence[Any], named: Mapping[str, Any], stamp: Stamp
) -> KeptAct:
    """Note an act with all that makes it come out as it does now.

    Args:
        desk: The desk.
        name: The act, one of ``OF_A_CALL``.
        given: What it is given after the desk.
        named: What it is given by name.
        stamp: Who asks, when and under which id.

    Returns:
        The act; the ids that it gives to rows, and the call that it may make, are not known yet.
    """
    told = (*given, named.get("call"))
    call = told[0] if name not in BEGIN and isinstance(told[0], int) else 0
    return KeptAct(
        name, tuple(given), dict(named), stamp.op, stamp.at, stamp.clerk, stamp.login,
        desk.console, desk.clock.monotonic(), dict(desk.marks), (), call,
    )  # fmt: skip


class CallLog:
    """What a console has done on its calls, whether the database has it or not."""

    def __init__(self, port: Port, file: OutboxFile | None) -> None:
        """Begin empty.

        Args:
            port: The database.
            file: Where lines are kept; ``None`` where no file can be made.
        """
        self._port, self._file = port, file
        self._acts: list[KeptAct] = []
        self._writes = Lock()  # what is announced is written by the thread that draws
        self._announced: tuple[str, tuple[int, int]] | None = None  # its operation, its place

    def announce(self, act: KeptAct) -> bool:
        """Write down an act that is about to be done: after a kill the next start does it.

        It is in the file, and on the disk once the system writes it there: only a power cut in
        the moment until the database has it takes it.

        Args:
            act: The act; its texts are the playbooks', none of them was typed.

        Returns:
            Whether it is in the file; never waits for whoever writes there just now.
        """
        if self._file is None or not self._writes.acquire(blocking=False):
            return False
        try:
            self._announced = (act.op, self._file.add(line_of(act), sure=False))
        except OSError:
            return False
        finally:
            self._writes.release()
        return True

    def take_back(self, op: str) -> None:
        """Take an act out of the file that was announced: it is kept as done by now, or refused.

        Args:
            op: Its operation; whatever else was announced stays.
        """
        with self._writes, suppress(OSError):
            if self._file is not None and self._announced and self._announced[0] == op:
                self._file.blank(self._announced[1])
                self._announced = None

    def keep(self, act: KeptAct, *, sure: bool) -> bool:
        """Keep an act.

        Args:
            act: The act.
            sure: Whether it must be on the disk before anybody is told.

        Returns:
            Whether it is in the file.
        """
        self._acts.append(act)
        if self._file is not None:
            with self._writes, suppress(OSError):
                self._file.add(line_of(act), sure=sure)
                return True
        return False

    def is_empty(self) -> bool:
        """Whether no call goes on, nor has for a while."""
        return not self._acts

    def calls(self) -> set[int]:
        """The calls that go on, and those that ended a while ago."""
        return {each.call for each in self._acts}

    def lacking(self) -> list[KeptAct]:
        """List the acts that the database does not have.

        Returns:
            The acts in order; all of them when it cannot be asked.
        """
        with suppress(StoreProblem):
            return [each for each in self._acts if not was_done(self._port, each.op)]
        return list(self._acts)

    def lacks_calls(self) -> bool:
        """Whether the database lacks a call that it had."""
        return not all_known(self._port, self.calls())

    def forget(self, now: float, over_for: float = _OVER_SECONDS) -> None:
        """Forget calls that are over for a while, in the file as well.

        Args:
            now: The clock that nobody can set, in seconds.
            over_for: For how many seconds.

        Raises:
            StoreProblem: When the database cannot be asked.
        """
        if not self._acts or now - self._acts[-1].ticks < over_for:
            return
        if all_over(self._port, self.calls()):
            self._acts.clear()
            if self._file is not None:
                with self._writes, suppress(OSError):
                    self._file.clear()
                    self._announced = None

    def let_go(self) -> None:
        """Let go of the file as it is."""
        if self._file is not None:
            self._file.close()

    def close(self) -> None:
        """Let go of the file; acts of calls that go on stay in it for the next start."""
        if self._file is not None and not self._acts:
            self._file.remove()
        else:
            self.let_go()
