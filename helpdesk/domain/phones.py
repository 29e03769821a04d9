"""Phone numbers however they are written."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from helpdesk.errors import BadInput

_EXTENSION: Final = r"(?i)(?<![a-z])(?:ext(?:ension)?[.:]?|x|#)\s*([0-9]{1,6})\s*\Z"
WRITTEN: Final = r"""(?:
    (?:\+?1[-. ])? (?:\([0-9]{3}\)\ ?|[0-9]{3}[-. ]) [0-9]{3} [-. ] [0-9]{4}
    | [0-9]{3} [-. ] [0-9]{4} | [0-9]{3} [-.] [0-9]{3} (?:[-.][0-9]{0,3})?
) (?![\w,-])"""
"""A number as people write it, in groups, or the beginning of one; for ``re.VERBOSE``."""

_WHOLE: Final = re.compile(WRITTEN, re.VERBOSE)
_BESIDE_A_NAME: Final = re.compile(
    r"""(?<![\w@.-]) (?:
        (?:\+?1[-.\s]?)? (?:\([0-9]{3}\)\s?|[0-9]{3}[-.\s]?) [0-9]{3} [-.\s]? [0-9]{4}
        | [0-9]{3} [-.] [0-9]{4}
    ) (?:\s*(?:ext\.?|x|\#)\s*[0-9]{1,6})? (?![\w@-])""",
    re.VERBOSE | re.IGNORECASE,
)
"""A whole number: seven digits only in groups, else it may be a bar number."""

_DECIMAL: Final = re.compile(r"\s*(?!(?:1?[0-9]{6}|1[0-9]{3})\.)([0-9]{4,})\.0+\s*\Z")
"""A number as a spreadsheet counts with it; ``212555.0000`` is one of people, in groups."""

_SHORTENED: Final = re.compile(r"\s*[0-9](?:[.,][0-9]+)?e\+?[0-9]{1,2}\s*\Z", re.IGNORECASE)
_SIGNS: Final = re.compile("[^0-9]+")
_LOCAL: Final = 10


class Phone(NamedTuple):
    """A number without signs."""

    digits: str
    """Its digits, the country code 1 left out."""

    extension: str = ""
    """The extension, or empty."""

    def __str__(self) -> str:
        """The number as people read it: ``212-555-0144 x3``."""
        return shown(self.kept)

    @property
    def kept(self) -> str:
        """The number in one word: ``2125550144x3``."""
        return f"{self.digits}x{self.extension}" if self.extension else self.digits

    @classmethod
    def from_kept(cls, word: str) -> Phone:
        """Take apart what :attr:`kept` has put into one word.

        Args:
            word: The digits, behind an ``x`` the extension; what people wrote is for
                :func:`read_phone`.

        Returns:
            The number.
        """
        digits, _, extension = word.partition("x")
        return cls(digits, extension)


def read_phone(text: str) -> Phone:
    """Read a number in any spelling.

    Args:
        text: ``(212) 555-0144``, ``+1 212.555.0144 ext 3`` and the like, also ``2125550144.0``.

    Returns:
        The number; without digits when there are none in the text.
    """
    extension = ""
    if counted := _DECIMAL.match(text):
        text = counted[1]
    elif found := re.search(_EXTENSION, text):
        extension, text = found[1], text[: found.start()]
    digits = _SIGNS.sub("", text)
    if len(digits) == _LOCAL + 1 and digits.startswith("1"):
        digits = digits[1:]
    return Phone(digits, extension)


def refuse_shortened(text: str) -> None:
    """Refuse a number of which a spreadsheet kept only the size: its digits are lost.

    Args:
        text: What is to be written down as a phone number.

    Raises:
        BadInput: When it is one like ``2.12555E+09``.
    """
    if _SHORTENED.match(text):
        raise BadInput(
            f"“{text.strip()}” is a phone number that a spreadsheet has shortened: format the "
            "column as text, and write the number anew."
        )


def phone_meant(text: str) -> Phone:
    """Read a number that is to be put on record; beside other words only a whole one.

    Args:
        text: What was typed: ``212-555-0144 x3``, ``cell (212) 555-0144``, or nothing.

    Returns:
        The number; without digits when nothing was typed.

    Raises:
        BadInput: When it is no number; one with a letter in it would be another number.
    """
    if not text.strip() or looks_like_phone(text):
        return read_phone(text)
    number = name_and_number(text)[1]
    if not number:
        raise BadInput(f"“{text.strip()}” is no phone number: write it like 212-555-0144 x3.")
    return read_phone(number)


def groups_of(text: str) -> str:
    """The groups of a number that is written in groups.

    Args:
        text: What was typed.

    Returns:
        Such as ``212 555 0144``, the country code left out; empty when it is anything else.
    """
    if not _WHOLE.fullmatch(text):
        return ""
    return _SIGNS.sub(" ", re.sub(r"\A\+?1[-. ]", "", text)).strip()


def name_and_number(text: str) -> tuple[str, str]:
    """Tell a name and the whole number beside it apart.

    Args:
        text: What was typed.

    Returns:
        The name and the number, each as it was typed; the number is empty when there is none.
    """
    found = _BESIDE_A_NAME.search(text)
    if found is None:
        return text, ""
    name = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    return name.strip(" ,;:"), found[0]


def shown(number: str) -> str:
    """Ten digits in the usual groups; anything else as it is.

    Args:
        number: The digits, behind an ``x`` the extension.

    Returns:
        Such as ``212-555-0144 x3``.
    """
    digits, extension = Phone.from_kept(number)
    if len(digits) == _LOCAL:
        digits = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return f"{digits} x{extension}" if extension else digits


def looks_like_phone(text: str) -> bool:
    """Whether what was typed is a phone number or a part of one.

    Args:
        text: What was typed.

    Returns:
        ``True`` when it has at least three digits and nothing but the signs numbers have.
    """
    cut = re.sub(_EXTENSION, "", text).rstrip(", ")
    return bool(re.fullmatch(r"[\d\s()+./-]+", cut)) and len(read_phone(text).digits) >= 3  # noqa: PLR2004


def looks_whole(digits: str) -> bool:
    """Whether digits are a whole number and not a part of one.

    Args:
        digits: The digits.

    Returns:
        ``True`` from ten digits on.
    """
    return len(digits) >= _LOCAL
