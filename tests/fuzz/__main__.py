"""Runs one target for some seconds, led by what it reaches: ``python -m tests.fuzz NAME 60``.

What goes wrong is kept in ``tests/data/fuzz/NAME/``, where an ordinary test replays it: an
error that is none of ours, more than a second for one input, more than 500 MB of memory.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["helpdesk"], enable_loader_override=False):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.seeds import FOUND, seeds_of

_LONGEST = 20_000


def main(name: str, seconds: str = "60", corpus: str = "", *flags: str) -> None:
    """Fuzz.

    Args:
        name: The target.
        seconds: For how long.
        corpus: Where what reaches something new is kept; empty for a folder of this run.
        *flags: More for libFuzzer, such as ``-timeout=5`` on a machine that others use too.
    """
    found, kept = FOUND / name, Path(corpus or tempfile.mkdtemp(prefix=f"corpus-{name}-"))
    for folder in (found, kept):
        folder.mkdir(parents=True, exist_ok=True)
    for place, seed in enumerate(seeds_of(name)):
        (kept / f"seed-{place}").write_bytes(seed)
    logging.disable()
    TARGETS[name](b"")  # a desk is opened, and what is imported late is imported
    limits = (
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST}",
        "-timeout=1",
        "-rss_limit_mb=500",
    )
    atheris.Setup(
        [sys.argv[0], *limits, *flags, f"-artifact_prefix={found}/", str(kept)], TARGETS[name]
    )
    atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"python -m tests.fuzz TARGET [SECONDS [CORPUS]], of: {', '.join(TARGETS)}")
    main(*sys.argv[1:])
