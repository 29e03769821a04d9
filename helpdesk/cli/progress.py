"""How far something is that takes long, on a terminal that somebody looks at."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from time import monotonic
from types import TracebackType
from typing import Final, Self

import click

_SOON: Final = 1.0
"""What takes no longer than this many seconds shows nothing."""

_STEPS: Final = 400
"""How often the bar is drawn, at the most."""


class Progress:
    """A bar on standard error, from the second second on; nothing where no terminal is."""

    def __init__(self, label: str) -> None:
        """Begin to measure.

        Args:
            label: What stands before the bar.
        """
        self._label, self._begun, self._done, self._total = label, monotonic(), 0, 0
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._open = ExitStack()
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def __enter__(self) -> Self:
        """Nothing is shown yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """End the line of the bar, if there is one."""
        self._open.close()

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is.

        Args:
            done: How much is done.
            total: Of how much; 0 where nobody can tell, and it only goes on.
        """
        if (
            not total
            or not self._shown
            or (self._bar is None and monotonic() - self._begun < _SOON)
        ):
            return
        if total != self._total:  # another stretch of work has begun
            self._open.close()
            self._bar, self._done, self._total = None, 0, total
        if self._bar is None:
            bar = click.progressbar(
                length=total,
                label=self._label,
                file=sys.stderr,
                show_pos=True,
                width=0,
                update_min_steps=max(1, total // _STEPS),
            )
            self._bar = self._open.enter_context(bar)
        self._bar.update(done - self._done)
        self._done = done
