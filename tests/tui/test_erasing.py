"""A terminal that erases in the colour of the ground is known by its description."""

from __future__ import annotations

import pytest

from tests.support.programs import finished

SAYS = "from helpdesk.tui.erasing import erases_in_colour; print(erases_in_colour())"


@pytest.mark.parametrize(
    ("terminal", "erases"),
    [("xterm-256color", "True"), ("screen", "False"), ("never-heard-of", "False")],
)
def test_it_is_known_by_its_description(
    terminal: str, erases: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", terminal)
    assert finished(SAYS).strip() == erases
