"""The form for a caller nobody has on record; nothing in it is required."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label

from helpdesk.tui.widgets.boxes import LineBox

FIELDS: Final = (
    ("name", "Name", "as the caller says it"),
    ("court", "Court", "its id, with the office after a slash if it has several"),
    ("role", "Role", "a attorney, s staff, t trustee, c creditor, self, other"),
    ("phone", "Phone", "in any spelling"),
    ("firm", "Firm", ""),
    ("email", "E-mail", ""),
    ("bar_number", "Bar no.", ""),
)
"""Name, label and hint of each field, in the order of Tab."""


class CallerForm(Vertical):
    """Boxes for a new caller."""

    DEFAULT_CSS = """
    CallerForm {
        height: 1fr; padding: 0 1;
        Horizontal { height: 1; }
        Label { width: 9; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay the boxes out, one a line."""
        for name, label, hint in FIELDS:
            with Horizontal():
                yield Label(label, markup=False)
                yield LineBox(hint, id=f"new-{name}")

    def field(self, name: str) -> LineBox:
        """Find a box.

        Args:
            name: The field's name.

        Returns:
            Its box.
        """
        return self.query_one(f"#new-{name}", LineBox)

    def fill(self, values: dict[str, str]) -> None:
        """Fill the boxes; those not named become empty.

        Args:
            values: Texts by the field's name.
        """
        for name, _, _ in FIELDS:
            self.field(name).fill(values.get(name, ""))

    def values(self) -> dict[str, str]:
        """What stands in the boxes, by the field's name."""
        return {name: self.field(name).content.strip() for name, _, _ in FIELDS}
