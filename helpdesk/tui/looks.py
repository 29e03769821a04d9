"""The looks of the console: dark, light and high contrast; the terminal's own without colours."""

from __future__ import annotations

import os
from typing import Any, Final

from textual.app import App
from textual.theme import Theme

LOOKS: Final = {
    "dark": Theme(
        name="helpdesk-dark",
        primary="#8ab4f8",
        secondary="#a8c7fa",
        accent="#fdd663",
        warning="#fdd663",
        error="#f28b82",
        success="#81c995",
        foreground="#e8eaed",
        background="#16181c",
        surface="#1d2025",
        panel="#2b3038",
        dark=True,
    ),
    "light": Theme(
        name="helpdesk-light",
        primary="#174ea6",
        secondary="#185abc",
        accent="#7a4d00",
        warning="#7a4d00",
        error="#a50e0e",
        success="#0d652d",
        foreground="#16181c",
        background="#ffffff",
        surface="#f3f4f6",
        panel="#d9dde3",
        dark=False,
    ),
    "contrast": Theme(
        name="helpdesk-contrast",
        primary="#ffff00",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ff9e9e",
        success="#9effa8",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        dark=True,
        variables={
            "foreground-muted": "#ffffff",
            "text-muted": "#ffffff",
            "border": "#ffffff",
            "border-blurred": "#ffffff",
        },
    ),
}
"""The looks by the name that the settings use."""


def look_of(name: str) -> str:
    """The theme for a setting.

    Args:
        name: One of ``LOOKS``.

    Returns:
        The theme's name; the terminal's own colours where ``NO_COLOR`` is set.
    """
    return "ansi-dark" if os.environ.get("NO_COLOR") else LOOKS[name].name


class Dressed(App[int]):
    """A program in one of our looks from its first style on: a change reads all styles again."""

    def __init__(self, look: str, **given: Any) -> None:  # noqa: ANN401 - as Textual has it
        """Put the look on.

        Args:
            look: One of ``LOOKS``.
            **given: What Textual's own program takes.
        """
        self.set_reactive(App.theme, look_of(look))
        super().__init__(**given)
        for each in LOOKS.values():
            self.register_theme(each)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Find a look; ours are known before they can be registered."""
        ours = (each for each in LOOKS.values() if each.name == theme_name)
        return next(ours, None) or super().get_theme(theme_name)
