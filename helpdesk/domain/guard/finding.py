"""Asks every detector about a text, and puts dots where they found something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpdesk.domain.guard.alone import find_alone
from helpdesk.domain.guard.answers import find_answers
from helpdesk.domain.guard.births import find_births
from helpdesk.domain.guard.folding import folded
from helpdesk.domain.guard.labelled import find_labelled
from helpdesk.domain.guard.numbers import find_numbers
from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.setting import find_set
from helpdesk.domain.guard.spelled import joined
from helpdesk.domain.guard.words import words_of

_ROUNDS: Final = 20


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Look for everything that must not be kept.

    Args:
        text: The whole text.

    Returns:
        The secrets in the order of the text; none overlaps another.
    """
    plain = folded(text)
    found: list[Secret] = []
    for each in sorted(_found(plain.text), key=lambda each: (each.start, -each.end)):
        stop = each.end
        while stop < len(plain.text) and plain.text[stop] in "!?*":
            stop += 1  # a password may end with what ends a sentence
        start, end = plain.place(each.start, stop)
        if found and start < found[-1].end:
            last = found[-1]
            found[-1] = Secret(last.kind, last.start, max(last.end, end))
        else:
            found.append(Secret(each.kind, start, end))
    return tuple(found)


def find_secret(text: str) -> Secret | None:
    """Look for something that must not be kept.

    Args:
        text: The whole text.

    Returns:
        The first secret found, or ``None``.
    """
    return next(iter(find_secrets(text)), None)


def blanked(text: str) -> str:
    """The text with every secret replaced by dots.

    Args:
        text: The text.

    Returns:
        The text, in which nothing is found any more.
    """
    for _ in range(_ROUNDS):
        found = find_secrets(text)
        if not found:
            return text
        pieces, done = [], 0
        for each in found:
            pieces += [text[done : each.start], "…"]
            done = each.end
        text = "".join((*pieces, text[done:]))
    return "…"


def _found(text: str) -> Iterator[Secret]:
    words = joined(words_of(text))
    yield from find_numbers(text)
    yield from find_labelled(words)
    yield from find_set(words)
    yield from find_births(text, words)
    yield from find_answers(text, words)
    yield from find_alone(text, words)
    small = text.lower()
    if text.isupper() and len(small) == len(text):
        words = joined(words_of(small))  # whoever writes in capitals shows no shape
        yield from find_labelled(words)
        yield from find_set(words)
        yield from find_alone(small, words)
