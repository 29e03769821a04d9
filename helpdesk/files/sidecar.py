"""Where what is told of a file lies: a console that only looks at backups needs no more."""

from __future__ import annotations

from pathlib import Path


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a file lies.

    Args:
        path: The file.

    Returns:
        ``FILE.meta.json`` beside it.
    """
    return path.with_name(f"{path.name}.meta.json")
