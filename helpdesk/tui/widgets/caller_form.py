"""The form for a caller nobody has on record; nothing in it is required."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label

from helpdesk.domain.caller_form import FIELDS
from helpdesk.tui.widgets.boxes import LineBox


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
