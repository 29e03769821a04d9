"""What was read from YAML, kept for the next start: a hundred files take a third of a second.

The cache is a few JSON files in the user's cache folder, readable by nobody else. Each is
keyed by the name, size and time of every file it was made from, so that it never has to be
cleared; without a cache, or with a broken one, the files are read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from helpdesk import __version__, resources
from helpdesk.desk.configuration import Configuration, readable_configuration
from helpdesk.desk.desk import Folder
from helpdesk.domain.courts import Court, Office, ServiceCenter
from helpdesk.errors import BadFile
from helpdesk.settings import Settings

if TYPE_CHECKING:
    from helpdesk.playbooks.indexing import Index
    from helpdesk.playbooks.library import Library

_KEPT: Final = 8
"""How many files of one kind stay, for as many desks of one user."""


def cached_configuration(folder: Folder) -> Configuration:
    """Read the settings and courts of a desk, from the cache when no file has changed.

    Args:
        folder: The desk folder.

    Returns:
        Both.

    Raises:
        BadFile: When they do not hold together.
    """
    told = cached_readable_configuration(folder)
    if told.faults:
        raise BadFile(told.faults)
    return told


def cached_readable_configuration(folder: Folder) -> Configuration:
    """Read of the settings and courts of a desk what can be read, from the cache when it may be.

    Args:
        folder: The desk folder.

    Returns:
        Both, with every fault.

    Raises:
        BadFile: When not even the files shipped with the program hold together.
    """
    files = (resources.shipped("data") / "courts.yaml", folder.courts, folder.settings)
    key = _key(_facts(files))
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        if held := _held("desk", key):
            return _configuration(held)
    read = readable_configuration(folder)
    if not read.faults:
        _keep("desk", key, _told(read))
    return read


def stamp_of(folders: Sequence[Path], hidden: Iterable[str]) -> str:
    """Name the state that playbook files are in.

    Args:
        folders: The playbook folders, the one that wins last.
        hidden: Playbooks that the desk has switched off.

    Returns:
        The same text for as long as no file changes, appears or goes.
    """
    files = (path for folder in folders for path in sorted(folder.rglob("*.yaml")))
    return _key((*map(str, folders), *sorted(hidden), *_facts(files)))


def cached_library(
    folders: Sequence[Path], hidden: Iterable[str], stamp: str, before: Library | None = None
) -> Library:
    """Read the playbooks, from the cache when no file has changed.

    Args:
        folders: The playbook folders, the one that wins last.
        hidden: Playbooks that the desk has switched off.
        stamp: The state of their files.
        before: What was read of them before, for files that are broken now; without it the
            last library without a fault that this user has read.

    Returns:
        The library.
    """
    from helpdesk.playbooks.codec import library_as_told, library_from_told  # noqa: PLC0415

    with suppress(ValueError, KeyError, TypeError, AttributeError):
        if held := _held("playbooks", stamp):
            return library_from_told(held)
    from helpdesk.playbooks.gathering import read_library  # noqa: PLC0415 - 20 ms, when wanted

    of_folders = _key(map(str, folders))
    library = read_library(folders, hidden, before=before).library
    if library.faults and before is None:
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            if good := _held("good", of_folders):
                before = library_from_told(good)
                library = read_library(folders, hidden, before=before).library
    told = library_as_told(library)
    _keep("playbooks", stamp, told)
    if not library.faults:
        _keep("good", of_folders, told)
    return library_from_told(told)


def cached_index(stamp: str, library: Library) -> Index:
    """Read the words that playbooks are found by, from the cache when no file has changed.

    Args:
        stamp: The state of the playbook files.
        library: What was read of them.

    Returns:
        The index.
    """
    from helpdesk.playbooks import indexing  # noqa: PLC0415 - 10 ms, when wanted

    code = Path(indexing.__file__).parent.glob("*.py")  # whoever changes how words are read
    key = _key((stamp, *sorted(_facts(code))))
    with suppress(ValueError, LookupError, TypeError, AttributeError):
        if held := _held("words", key):
            return indexing.index_from_told(held)
    index = indexing.index_of(library)
    if not library.faults:  # a good playbook stands in for a broken one, which may be another
        _keep("words", key, indexing.index_as_told(index))
    return index


def cached_titles(
    folders: Sequence[Path], hidden: Iterable[str], read: Callable[[], Library]
) -> dict[str, str]:
    """Read the titles of the playbooks alone: the first screen needs no more of them.

    Args:
        folders: The playbook folders, the one that wins last.
        hidden: Playbooks that the desk has switched off.
        read: Reads the whole library, when the cache does not have the titles.

    Returns:
        The titles by slug.
    """
    stamp = stamp_of(folders, hidden)
    held = _held("titles", stamp)
    if isinstance(held, dict):
        return held
    library = read()
    titles = {slug: library.title(slug) for slug in library.playbooks}
    if not library.faults:
        _keep("titles", stamp, titles)
    return titles


def _facts(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        try:
            facts = path.stat()
        except OSError:  # not there, or a link that leads nowhere: that is a fault
            yield f"{path}\x1f{'?' if path.is_symlink() else '-'}"
        else:
            yield f"{path}\x1f{facts.st_size}\x1f{facts.st_mtime_ns}"


def _key(told: Iterable[str]) -> str:
    return "\x1e".join((__version__, *told))


def _cache_folder() -> Path:
    if sys.platform == "linux":  # as platformdirs says it, whose import takes 6 ms
        given = os.environ.get("XDG_CACHE_HOME", "").strip()
        return Path(given or "~/.cache").expanduser() / "helpdesk"
    from platformdirs import user_cache_path  # noqa: PLC0415 - elsewhere it is another folder

    return user_cache_path("helpdesk", appauthor=False)


def _kept_as(kind: str, key: str) -> str:
    """A short name: two keys may share one, but each file says whose it is."""
    return f"{kind}-{crc32(key.encode(errors='surrogateescape')):08x}.json"


def _held(kind: str, key: str) -> Any:  # noqa: ANN401 - what JSON holds
    """What is kept under a key, or ``None``."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        path = _cache_folder() / _kept_as(kind, key)
        held = json.loads(path.read_text(encoding="utf-8"))
        return held["value"] if held["key"] == key else None
    return None


def _keep(kind: str, key: str, value: object) -> None:
    with suppress(OSError):
        folder = _cache_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / _kept_as(kind, key)
        _drop_old(folder.glob(f"{kind}-*.json"))
        beside = path.with_suffix(f".{os.getpid()}")
        handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"key": key, "value": value}, file, default=str)
        beside.replace(path)


def _drop_old(files: Iterable[Path]) -> None:
    by_age = sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in by_age[_KEPT - 1 :]:
        path.unlink(missing_ok=True)


def _told(read: Configuration) -> dict[str, object]:
    return {
        "settings": read.settings._asdict(),
        "courts": {
            court: {**each._asdict(), "offices": [office._asdict() for office in each.offices]}
            for court, each in read.courts.items()
        },
        "center": read.center._asdict(),
    }


def _configuration(held: Any) -> Configuration:  # noqa: ANN401 - what JSON holds
    settings, center = held["settings"], held["center"]
    hours = {end: time.fromisoformat(center[end]) for end in ("opens", "closes")}
    texts = {name: tuple(settings[name]) for name in ("hidden", "hours")}
    return Configuration(
        settings=Settings(**{**settings, **texts}),
        courts={court: _court(each) for court, each in held["courts"].items()},
        center=ServiceCenter(**{**center, **hours}),
    )


def _court(held: Any) -> Court:  # noqa: ANN401 - what JSON holds
    live = held["go_live"] and date.fromisoformat(held["go_live"])
    offices = tuple(Office(**each) for each in held["offices"])
    closed = tuple(date.fromisoformat(each) for each in held["closed"])
    return Court(**{**held, "go_live": live, "offices": offices, "closed": closed})
