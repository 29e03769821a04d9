"""Files for the user alone, in the user's own folder."""

from __future__ import annotations

import os
from pathlib import Path

from helpdesk.errors import NotAllowed


def write_private(kind: str, name: str, content: bytes) -> Path:
    """Write a file that nobody else can read.

    Args:
        kind: The folder for files of its kind, such as ``letters``.
        name: The file's name; one that is there is written anew.
        content: What is in it.

    Returns:
        The file.

    Raises:
        NotAllowed: When it cannot be written.
    """
    from platformdirs import user_state_path  # noqa: PLC0415 - 5 ms, when one is written

    folder = user_state_path("helpdesk", appauthor=False) / kind
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            path.chmod(0o600)  # one that was there may have had wider rights
            file.write(content)
    except OSError as error:
        raise NotAllowed(f"{path} cannot be written: {error.strerror}.") from error
    return path
