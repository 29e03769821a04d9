"""Texts with something taken out of them for good, and what stands in its place."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from helpdesk.domain.phones import looks_like_phone, read_phone
from helpdesk.errors import BadInput

REDACTED: Final = "▒▒▒ (redacted)"
"""What stands where a person took a text out."""

PURGED: Final = "▒▒▒ (purged)"
"""What stands where the rules of retention took one out."""

SIGN: Final = "▒"
"""How whatever stands in the place of something begins."""

_LEAST: Final = 3
_PHONE_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be taken out; the guard lets it through, for it is never written."""

    words: str
    """The words exactly as they stand, or a whole text."""

    whole: bool = False
    """Whether only texts that say this and nothing else are meant."""

    made_by_desk: ClassVar[bool] = True
    """Read by no guard: what is taken out may well be a secret."""

    def spellings(self) -> tuple[str, ...]:
        """Every spelling that is looked for: a number also as its digits."""
        digits = read_phone(self.words).digits if looks_like_phone(self.words) else ""
        more = (digits,) if len(digits) >= _PHONE_DIGITS and digits != self.words else ()
        return (self.words, *more)


def checked(sought: Sought) -> Sought:
    """Refuse what would take out too much, or what is out already.

    Args:
        sought: What is to be taken out.

    Returns:
        The same.

    Raises:
        BadInput: When it is too short, or the sign of what was taken out.
    """
    is_out = sought.words.strip() in {REDACTED, PURGED} if sought.whole else SIGN in sought.words
    if is_out:
        raise BadInput(f"“{SIGN}” stands where something was taken out already.")
    if len(sought.words.strip()) < (1 if sought.whole else _LEAST):
        raise BadInput(f"Type at least {_LEAST} signs of what is to be taken out.")
    return sought


def times_in(text: str | None, sought: Sought) -> int:
    """Count how often something stands in a text.

    Args:
        text: The text; JSON when it is one of an action.
        sought: What is looked for.

    Returns:
        How often.
    """
    if not text:
        return 0
    if sought.whole:
        return int(text.strip() == sought.words.strip())
    return sum(text.count(each) for each in sought.spellings())


def taken_out(text: str, sought: Sought) -> str:
    """Take something out of a text.

    Args:
        text: The text.
        sought: What is taken out.

    Returns:
        The text with ``REDACTED`` in its place.
    """
    if sought.whole:
        return REDACTED if times_in(text, sought) else text
    for each in sought.spellings():
        text = text.replace(each, REDACTED)
    return text


def taken_out_of_json(text: str, sought: Sought) -> str:
    """Take something out of the texts of a JSON value; names and what is no text stay.

    Args:
        text: The JSON of an object, or of pairs of a name and an object.
        sought: What is taken out.

    Returns:
        The JSON, the same when nothing stood there.
    """
    try:
        value = json.loads(text)
    except ValueError:
        return taken_out(text, sought)
    made = _mapped(value, lambda _, said: taken_out(said, sought))
    return text if made == value else json.dumps(made, ensure_ascii=False)


def purged_fields(text: str, choices: Collection[str]) -> str:
    """Take the texts out of an action's fields; what was chosen from a list stays.

    Args:
        text: The JSON of the fields, or of pairs of a kind and its fields.
        choices: Every choice that the desk offers.

    Returns:
        The JSON with ``PURGED`` in place of each text.
    """
    try:
        value = json.loads(text)
    except ValueError:
        return PURGED

    def said(name: str, told: str) -> str:
        stays = name in {"delivery", "found"} or told in choices or told.startswith(SIGN)
        return told if stays or not told else PURGED

    made = _mapped(value, said)
    return text if made == value else json.dumps(made, ensure_ascii=False)


def pseudonym(chance: str) -> str:
    """What stands in place of a number or a firm, so that what belonged together still does.

    Args:
        chance: At least twelve random hexadecimal digits: nothing leads back.

    Returns:
        Such as ``▒4f0c9a12be77``.
    """
    return f"{SIGN}{chance[:12]}"


def is_removed(text: str | None) -> bool:
    """Whether something was taken out of a text."""
    return text is not None and SIGN in text


def sought_in_sql(sought: Sought) -> Sequence[str]:
    """What a text in the database holds when it may hold what is sought.

    Args:
        sought: What is looked for.

    Returns:
        The spellings, also as JSON writes them.
    """
    plain = sought.spellings()
    escaped = [json.dumps(each, ensure_ascii=False)[1:-1] for each in plain]
    return list(dict.fromkeys([*(each.strip() for each in plain), *map(str.strip, escaped)]))


def _mapped(value: Any, change: Any) -> Any:  # noqa: ANN401 - any JSON
    """Change the texts of an object, wherever the object stands in lists."""
    if isinstance(value, list):
        return [_mapped(each, change) if isinstance(each, list | dict) else each for each in value]
    if isinstance(value, dict):
        return {
            name: change(name, said) if isinstance(said, str) else _mapped(said, change)
            for name, said in value.items()
        }
    return value
