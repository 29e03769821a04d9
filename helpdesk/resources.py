"""Where the files shipped with the program lie: inside a wheel, or beside a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from helpdesk.errors import NotFound

PACKAGE: Final = Path(__file__).resolve().parent
"""The folder this package was imported from."""


def checkout() -> Path | None:
    """The checkout this program runs from.

    Returns:
        Its folder, or ``None`` when the program was installed from a wheel.
    """
    top = PACKAGE.parent
    return top if (top / "pyproject.toml").is_file() and (top / "playbooks").is_dir() else None


def shipped(name: str) -> Path:
    """Find a folder that every installation carries.

    Args:
        name: ``"data"`` or ``"playbooks"``.

    Returns:
        The folder; only ever read.

    Raises:
        NotFound: When the installation is broken.
    """
    top = checkout()
    folder = top / name if top else PACKAGE / "_bundled" / name
    if not folder.is_dir():
        raise NotFound(f"The folder {folder} that comes with helpdesk is missing: install again.")
    return folder
