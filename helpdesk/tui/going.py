"""How far something long is that is done on the thread that reads; and giving it up."""

from __future__ import annotations

from helpdesk.errors import GivenUp


class Going:
    """How far the making of a report is, told by the thread that reads."""

    def __init__(self, said: str) -> None:
        """Begin.

        Args:
            said: What is being made.
        """
        self.said = said
        self.done, self.of, self.given_up = 0, 0, False

    def tell(self, done: int, of: int) -> None:
        """Take how far it is.

        Args:
            done: How much is done.
            of: Of how much.

        Raises:
            GivenUp: When nobody waits for it any more.
        """
        self.done, self.of = done, of
        if self.given_up:
            raise GivenUp("Given up.")
