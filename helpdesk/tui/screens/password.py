"""A temporary password on the call screen, for a minute at most."""

from __future__ import annotations

from typing import Final

from textual.timer import Timer

from helpdesk.desk.actions import Issued
from helpdesk.domain.calls import CallView
from helpdesk.domain.identity import PASSWORD_KIND
from helpdesk.tui.call_lines import password_lines
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.widgets.call_panes import CallPanes
from helpdesk.tui.words import moment

PASSWORD_SECONDS: Final = 60
"""How long a temporary password stays on the screen."""


class PasswordScreen(DeskScreen):
    """The part of the call screen that shows a temporary password."""

    view: CallView | None = None
    """The call, once it was fetched."""

    shows_password = False
    """Whether a temporary password is on the screen."""

    _secret_timer: Timer | None = None

    def show_password(self, issued: Issued, delivery: str) -> None:
        """Show a temporary password until Escape, hang-up, or a minute is over.

        Args:
            issued: The password and until when it holds.
            delivery: How it is given to the caller.
        """
        assert self.view is not None  # noqa: S101 - it was issued on a call
        desk = self.console.desk
        until = moment(issued.expires_at, self.view.office.zone, desk.clock.now())
        told = desk.library.actions[PASSWORD_KIND].told
        lines = password_lines(issued.password, until, delivery, told)
        self.hide_password()
        self.query_one(CallPanes).show_secret(lines)
        self.shows_password = True
        self._secret_timer = self.set_timer(PASSWORD_SECONDS, self.hide_password)

    def hide_password_taken_back(self) -> None:
        """Hide the temporary password once the record says that it was not given."""
        done = self.view.done if self.view else ()
        given = [each for each in done if each.kind == PASSWORD_KIND]
        if given and given[-1].struck:
            self.hide_password()

    def hide_password(self) -> None:
        """Take the temporary password off the screen and out of memory."""
        if self._secret_timer is not None:
            self._secret_timer.stop()
            self._secret_timer = None
        if self.shows_password:
            self.query_one(CallPanes).show_secret([])
            self.shows_password = False
