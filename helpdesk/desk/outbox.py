"""The outbox: a call goes on while the database cannot be written, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import RLock, local
from typing import Any, Final, TypeVar

from helpdesk.desk.call_log import CallLog, act_now
from helpdesk.desk.desk import Desk
from helpdesk.desk.following import follow, numbers_of, renumbered_said
from helpdesk.desk.lasting import LastingPort
from helpdesk.desk.outbox_file import OutboxFile
from helpdesk.desk.refused import keep_refused
from helpdesk.desk.replaying import replay, seat
from helpdesk.domain.acts_of_a_call import named_in
from helpdesk.domain.outbox import KeptAct, begun_said, cause_said, settled_said, waiting_said
from helpdesk.errors import GivenUp, HelpdeskError, StoreProblem
from helpdesk.port import Conflict
from helpdesk.store.outbox import was_done

T = TypeVar("T")

PATIENCE: Final = 1.0
"""Seconds that a caller is let wait for the database before the call goes on without it."""

AGAIN_SECONDS: Final = 2.0
"""How often it is tried again."""

_SHORT: Final = 0.1


class Outbox:
    """What a console keeps of its calls beside the database, and in place of it."""

    def __init__(
        self, desk: Desk, port: LastingPort, file: OutboxFile | None, *, seated: bool
    ) -> None:
        """Begin with nothing that waits.

        Args:
            desk: The desk of the console.
            port: Its database.
            file: Where lines are kept; ``None`` where no file can be made.
            seated: Whether the database knows this console.
        """
        self._desk, self._port = desk, port
        self.log = CallLog(port.file, file)
        """What was done on the calls that go on, and what is about to be."""
        self._busy, self._inside = RLock(), local()
        self._closed = self._unsure = False
        self._waiting: list[KeptAct] = []
        self._tried = self._looked = 0.0
        self._taken = -1
        self._why, self._told = "", list[str]()
        self._former: dict[int, str] = {}
        self._seated = seated
        port.file.patience = PATIENCE

    @property
    def head(self) -> str:
        """What the first line of the console says; empty when all is in the database."""
        return self._port.waits

    def desk_of(self, call: int) -> Desk:
        """The desk that knows how a call stands.

        Args:
            call: The call.

        Returns:
            The one in memory while steps wait.
        """
        return self._spare if self.holds(call) else self._desk

    def holds(self, call: int) -> bool:
        """Whether a call goes on in memory.

        Args:
            call: The call.

        Returns:
            ``True`` while steps wait, for a call that memory knows.
        """
        return bool(self._waiting) and self._port.spare.holds(call)

    def in_memory(self) -> Desk | None:
        """The desk in memory, while steps wait."""
        return self._spare if self._waiting else None

    def do(self, name: str, done: Callable[..., T], /, *given: Any, **named: Any) -> T:  # noqa: ANN401 - an act's own
        """Do an act of a call: in the database, or in memory and into the outbox.

        Args:
            name: The act, one of ``OF_A_CALL``.
            done: What does it, guarded already.
            *given: What it takes after the desk.
            **named: What it takes by name.

        Returns:
            What it returned.
        """
        if getattr(self._inside, "act", False):  # an act within another
            return done(self._desk, *given, **named)
        with self._busy:
            self._inside.act = True
            try:
                return self._do(name, done, list(given), named)
            finally:
                self._inside.act = False

    def look(self) -> bool:
        """Look after the calls now and then: take them over, or write what waits.

        Returns:
            Whether something that waited does not any more.
        """
        with self._busy:
            if self._waiting:
                return self._is_time() and self._settled()
            before = len(self._told)
            self._looked = self._desk.clock.monotonic()
            with suppress(StoreProblem):
                lacks = not self._port.file.where.moved() and self.log.lacks_calls()
                self._follow(again=lacks)
                head = self._port.file.head()
                if head != self._taken and not self.log.is_empty():
                    self._port.spare.take(self._port.file, self._desk.clerk.id)
                    self._taken = head
                self.log.forget(self._looked)
            return len(self._told) > before

    def wants(self) -> bool:
        """Whether somebody should look after the calls now."""
        since = self._desk.clock.monotonic() - self._looked
        return bool(self._waiting or since > AGAIN_SECONDS or self._port.file.where.moved())

    def told(self) -> str:
        """Say once what became of the steps that waited.

        Returns:
            Sentences; empty when there is nothing to say, or an act is being done just now.
        """
        if not self._told or not self._busy.acquire(blocking=False):
            return ""
        try:
            said, self._told = " ".join(self._told), []
        finally:
            self._busy.release()
        return said

    def adopt(self, file: OutboxFile, lines: Sequence[KeptAct]) -> None:
        """Take over what a console that is gone has left.

        Args:
            file: Its file, held; removed when all of it is here.
            lines: The acts in it.
        """
        with self._busy:
            for kept in lines:
                self._keep(kept, waits=not self._is_done(kept))
            if not self._unsure:
                file.remove()
            if self._waiting and not self._settled():
                self._begin("")
                for kept in self._waiting:
                    with suppress(HelpdeskError):
                        replay(self._spare, kept)

    def close(self) -> None:
        """Let go of the file; what waits stays in it for the next start."""
        if self._closed:
            return
        self._closed = True
        with suppress(StoreProblem):
            if self._waiting:
                self._settled()
            else:
                self.look()
            if not self._waiting:
                self.log.forget(self._desk.clock.monotonic(), over_for=0)
        self.log.close()

    def _do(self, name: str, done: Callable[..., T], given: list[Any], named: dict[str, Any]) -> T:
        desk, ids = self._desk, list[int]()
        stamp = named.pop("stamp", None) or desk.stamp()
        kept = act_now(desk, name, given, named, stamp)._replace(ids=ids)
        if not self._waiting or (self._is_time() and self._settled()):
            try:
                self._follow()
                if stamp.login == desk.clerk.login:  # whose id may be another in another file
                    stamp = stamp._replace(clerk=desk.clerk.id)
                with desk.ids.taped(ids):
                    result = done(desk, *given, **named, stamp=stamp)
            except (Conflict, GivenUp):
                raise
            except StoreProblem as problem:
                self._begin(stamp.op, problem)
            else:
                self._keep(kept.of_call(result), waits=False)
                return result
        with suppress(StoreProblem):  # whom and what it names, if that can be read
            self._port.spare.take_more(self._port.file, *named_in(name, given))
        with desk.ids.taped(ids):
            result = done(self._spare, *given, **named, stamp=stamp)
        self._keep(kept.of_call(result), waits=True)
        return result

    @property
    def _spare(self) -> Desk:
        """The desk in memory, with what this one knows by now."""
        assert self._desk.library is not None  # noqa: S101 - it is read once for both
        return replace(self._desk, port=self._port.spare, outbox=None)

    def _follow(self, *, again: bool = False) -> None:
        """Go on with the file that lies there now; what it lacks of these calls waits for it."""
        with self._port.only_the_file():
            said = follow(self._desk, self._port.file, again=again)
            if said:
                self._told.append(said)
                self._former = numbers_of(self._port.spare, self.log.calls())
                self._waiting = self.log.lacking()
            if said or not self._seated:
                seat(self._desk)
                self._seated = True
        if said and self._waiting:
            self._settled()

    def _begin(self, op: str, problem: StoreProblem | None = None) -> None:
        """Let the calls go on in memory, from what the database says if it can be read."""
        if problem is not None:
            self._why = cause_said(str(problem))
            self._told.append(begun_said(str(problem)))
        self._port.file.patience = _SHORT
        self._tried = self._desk.clock.monotonic()
        with suppress(StoreProblem):
            if not was_done(self._port.file, op):  # else what is here is from before it
                self._port.spare.take(self._port.file, self._desk.clerk.id)

    def _is_time(self) -> bool:
        return self._desk.clock.monotonic() - self._tried >= AGAIN_SECONDS

    def _settled(self) -> bool:
        """Try to write what waits; whether nothing waits any more."""
        self._tried = self._desk.clock.monotonic()
        many, before, otherwise = len(self._waiting), len(self._told), list[str]()
        if self._port.file.where.moved() and not self._followed():
            return False
        while self._waiting:
            kept = self._waiting[0]
            try:
                with self._port.only_the_file():
                    otherwise += replay(self._desk, kept)
            except Conflict as refusal:
                self._told.append(keep_refused(kept, refusal))
            except StoreProblem as problem:
                self._why = cause_said(str(problem))
                break
            except HelpdeskError as refusal:
                self._told.append(keep_refused(kept, refusal))
            self._waiting.pop(0)
        self._say()
        if many and not self._waiting:
            self._told.append(settled_said(many - len(self._told) + before))
            otherwise += renumbered_said(self._port.file, self._former)
        self._told += otherwise
        return not self._waiting

    def _keep(self, kept: KeptAct, *, waits: bool) -> None:
        sure = self.log.keep(kept, sure=waits)
        if waits:
            self._waiting.append(kept)
            self._unsure = self._unsure or not sure
        self._say()

    def _say(self) -> None:
        waiting = len(self._waiting)
        self._port.waits = waiting_said(waiting, self._why, on_disk=not self._unsure)
        if not waiting:
            self._port.file.patience = PATIENCE
            self._unsure = False

    def _is_done(self, kept: KeptAct) -> bool:
        with suppress(StoreProblem):
            return was_done(self._port.file, kept.op)
        return False

    def _followed(self) -> bool:
        try:
            self._follow()
        except StoreProblem as problem:
            self._why = cause_said(str(problem))
            self._say()
            return False
        return True
