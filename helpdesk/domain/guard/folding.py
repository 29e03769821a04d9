"""Writes a text the way the detectors read it: plain digits, dashes, quotes and letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_ALIKE: Final = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),
    **dict.fromkeys("\x1b\x07", " "),
    **dict.fromkeys("→⇒➜➔⟶", ">"),
    **dict.fromkeys("\r\v\f\u2028\u2029\x85", "\n"),
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as the detectors read it."""

    text: str
    """The folded text."""

    places: list[int] | None
    """Where each of its characters stands in the text as typed; ``None``: at the same place."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece stands in the text as typed.

        Args:
            start: Where it begins in the folded text.
            end: Where it ends there; behind ``start``.

        Returns:
            Begin and end in the text as typed.
        """
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """Fold a text: other digits, dashes, quotes and wide letters become plain ones.

    Args:
        text: As it was typed.

    Returns:
        The folded text; characters that are not seen have no part in it.
    """
    if text.isascii() and not any(each in text for each in "\r\v\f\0\x1b\x07"):
        return Folded(text, None)
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        alike = sign if " " <= sign <= "~" else _alike(sign)
        if alike:
            signs.append(alike)
            places.append(place)
    return Folded("".join(signs), places)


@lru_cache(maxsize=4_096)
def _alike(sign: str) -> str:
    """The plain character that reads the same; empty for what is not seen."""
    if sign in "\n\t":
        return sign
    if sign in _ALIKE:
        return _ALIKE[sign]
    kind = unicodedata.category(sign)
    if kind in {"Cf", "Mn", "Me", "Cc"}:
        return ""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if kind == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
