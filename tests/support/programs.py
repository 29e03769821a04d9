"""Runs a piece of Python as a program of its own, to be killed or to be many."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parents[2]


def started(source: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a program.

    Args:
        source: Its Python.
        *arguments: What it finds in ``sys.argv``.

    Returns:
        The program; what it prints is read line by line.
    """
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        cwd=TOP,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(source: str, *arguments: object, status: int = 0) -> str:
    """Run a program to its end.

    Args:
        source: Its Python.
        *arguments: What it finds in ``sys.argv``.
        status: How it must end.

    Returns:
        What it printed.
    """
    program = started(source, *arguments)
    said, complained = program.communicate()
    assert program.returncode == status, complained
    return said
