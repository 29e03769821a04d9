"""What a login is: the name by which the operating system knows a clerk."""

from __future__ import annotations

import re
from typing import Final

from helpdesk.errors import BadInput

_LONGEST: Final = 64
_NO_LETTER: Final = re.compile(r"[^A-Za-z0-9_.@-]")


def refuse_login(login: str) -> None:
    """Refuse what can be no login.

    Args:
        login: The name.

    Raises:
        BadInput: With what is wrong with it.
    """
    if not login:
        raise BadInput("The login is empty: give the name that the operating system knows.")
    if len(login) > _LONGEST:
        raise BadInput(f"The login has {len(login):,} characters: at most {_LONGEST}.")
    if wrong := _NO_LETTER.search(login):
        raise BadInput(
            f"“{login}” is no login, for “{wrong.group()}”: use a to z, A to Z, digits and _ . @ -"
        )
    if not (login[0].isalpha() or login[0] == "_"):
        raise BadInput(f"“{login}” is no login: begin with a letter or _.")
