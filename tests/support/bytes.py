"""Looks into every byte that a desk has written."""

from __future__ import annotations

from pathlib import Path


def found_in(text: str, *folders: Path) -> list[str]:
    """Look for a text in every file, however it may be encoded there.

    Args:
        text: The text.
        *folders: Where to look, the write-ahead log and files whose names begin with a dot too.

    Returns:
        The files that hold it.
    """
    spelled = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    spelled += [text[::-1].encode(), text.encode().hex().encode()]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(each in path.read_bytes() for each in spelled)]
