"""Playbooks as they were read last: a hundred YAML files take a third of a second.

The cache is one JSON file in the user's cache folder, readable by nobody else. It is keyed
by the name, size and time of every file it was made from, so that it never has to be
cleared; without a cache, or with a broken one, the files are read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from helpdesk import __version__
from helpdesk.playbooks.codec import library_as_json, library_from_json
from helpdesk.playbooks.library import Library, read_library


def cached_library(folders: Sequence[Path], hidden: Iterable[str]) -> Library:
    """Read the playbooks, from the cache when no file has changed.

    Args:
        folders: The playbook folders, the one that wins last.
        hidden: Playbooks that the desk has switched off.

    Returns:
        The library.
    """
    key = _key(folders, hidden)
    cache = _cache_folder() / f"playbooks-{key[:16]}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        held = json.loads(cache.read_text(encoding="utf-8"))
        if held["key"] == key:
            return library_from_json(held["library"])
    library = read_library(folders, hidden).library
    with suppress(OSError):
        _keep(cache, json.dumps({"key": key, "library": library_as_json(library)}))
    return library


def _key(folders: Sequence[Path], hidden: Iterable[str]) -> str:
    told = [__version__, *sorted(hidden)]
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            facts = path.stat()
            told.append(f"{path}\x1f{facts.st_size}\x1f{facts.st_mtime_ns}")
    return sha256("\x1e".join(told).encode(errors="surrogateescape")).hexdigest()


def _cache_folder() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 - 5 ms

    return user_cache_path("helpdesk", appauthor=False)


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in path.parent.glob("playbooks-*.json"):
        if old != path and len(list(path.parent.glob("playbooks-*.json"))) > 8:  # noqa: PLR2004
            old.unlink(missing_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(path)
