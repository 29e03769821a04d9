"""Leaves nothing of what was taken out: not in the index, not in the log, not in other files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.backup_list import backups_folder
from helpdesk.desk.desk import Desk
from helpdesk.desk.due_texts import write_due_texts
from helpdesk.store import wiping

_PAGES: Final = 500
"""How much of an index is merged at once: others wait for a fraction of a second."""

ALL: Final = 2**31
"""As many rounds as there are."""

_CHUNK: Final = 1 << 24

Progress = Callable[[str, int], None]
"""Is told what is being done and how far it is."""


@dataclass(frozen=True, slots=True)
class Left:
    """What still holds what was taken out."""

    backups: tuple[Path, ...]
    """Copies of the database in which it was seen: they hold it until they are deleted."""

    older: tuple[Path, ...]
    """Copies that are older, in which it was not seen."""

    searched: bool
    """Whether words were looked for: of a purge there are too many, and nothing was seen so."""

    files: tuple[Path, ...]
    """Other files of the desk folder in which it was seen."""

    log: bool
    """Whether the log of writes could not be emptied, because another program reads."""


@act("call")
def wipe(desk: Desk, progress: Progress | None = None, rounds: int = ALL) -> bool:
    """Overwrite what removals left in the index and in the log of writes; goes on where it was.

    Args:
        desk: The desk.
        progress: Is told how far it is.
        rounds: How many merges it may take of each index: a call must not wait for long ones.

    Returns:
        Whether nothing is left; ``False`` while another program reads an older state, or when
        the rounds were too few.
    """
    newest = wiping.newest_removal(desk.port)

    def told(done: int, _: int) -> None:
        if progress is not None:
            progress("texts of the index written anew", done)

    write_due_texts(desk, told)
    merged = [_merge(desk, index, progress, rounds) for index in wiping.INDEXES]
    if not desk.port.forget() or not all(merged):
        return False
    stamp = desk.stamp()
    desk.port.transact(stamp.op, stamp.at, [wiping.save_wiped(stamp.at, newest)])
    return True


@act("purge")
def finish_wiping(desk: Desk, progress: Progress | None = None) -> Left:
    """Overwrite what earlier removals left, where one was broken off or another program read.

    Args:
        desk: The desk.
        progress: Is told how far it is.

    Returns:
        What still holds it.
    """
    return what_is_left(desk, (), emptied=wipe(desk, progress))


@act("purge")
def compact(desk: Desk) -> int:
    """Write the database anew, without what is free in it; others wait meanwhile.

    Args:
        desk: The desk.

    Returns:
        Its size now, in bytes.
    """
    desk.port.forget(compact=True)
    return desk.folder.database.stat().st_size


def what_is_left(desk: Desk, words: Sequence[str], *, emptied: bool) -> Left:
    """Name the files of the desk folder that still hold what was taken out.

    Args:
        desk: The desk.
        words: What was taken out; nothing to name only backups.
        emptied: Whether the log of writes is empty.

    Returns:
        The files. What was copied to other folders nobody can know.
    """
    older = older_backups(desk, desk.clock.now())
    seen = tuple(path for path in older if _holds(path, words))
    own = {desk.folder.database, *older, _beside(desk, "-wal"), _beside(desk, "-shm")}
    others = [path for path in _files(desk.folder.home) if path not in own]
    held = tuple(path for path in others if _holds(path, words))
    unseen = tuple(path for path in older if path not in seen)
    return Left(seen, unseen, any(words), held, not emptied)


def older_backups(desk: Desk, at: int) -> tuple[Path, ...]:
    """List the copies of the database that were made before a moment, or in its very second.

    Those before an upgrade lie in ``data/backups`` wherever the settings have the others.

    Args:
        desk: The desk.
        at: The moment, in whole seconds UTC.

    Returns:
        The files, by name.
    """
    data, found = desk.folder.database.parent, set[Path]()
    for folder in (data, data / "backups", backups_folder(desk.folder, desk.settings)):
        found.update(folder.glob("*.db"))
    found.discard(desk.folder.database)
    return tuple(path for path in sorted(found) if int(path.stat().st_mtime) <= at)


def compact_if_held(desk: Desk, words: Sequence[str]) -> bool:
    """Write the database anew when a page of it still holds what was taken out.

    Args:
        desk: The desk.
        words: What was taken out.

    Returns:
        Whether none of it is left in the file.
    """
    if not _holds(desk.folder.database, words):
        return True
    desk.port.forget(compact=True)
    return not _holds(desk.folder.database, words)


def _merge(desk: Desk, index: str, progress: Progress | None, rounds: int) -> bool:
    before: str | None = None
    done = 0
    for _ in range(rounds):
        stamp = desk.stamp()
        merged, state = [wiping.merge_parts(index, _PAGES)], [wiping.state_of_parts(index)]
        (found,) = desk.port.transact(stamp.op, stamp.at, merged, state)
        if found.value() == before:
            return True
        before, done = found.value(), done + _PAGES
        if progress is not None:
            progress("pages of the index merged", done)
    return False


def _beside(desk: Desk, suffix: str) -> Path:
    return Path(f"{desk.folder.database}{suffix}")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _holds(path: Path, words: Sequence[str]) -> bool:
    """Whether any byte of a file belongs to one of some words; reads it a part at a time."""
    wanted = [each.encode(errors="surrogatepass") for each in words if each]
    if not wanted:
        return False
    longest, rest = max(map(len, wanted)), b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                rest += chunk
                if any(each in rest for each in wanted):
                    return True
                rest = rest[-longest:]
    except OSError:  # a file that cannot be read is not ours to search
        return False
    return False
