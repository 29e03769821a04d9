"""Values that a password was set to, and words in quotes where a password is spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from helpdesk.domain.guard.counting import is_after_id, is_end
from helpdesk.domain.guard.label_words import CHANGING
from helpdesk.domain.guard.labels import label_kind
from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.shapes import is_mixed, is_ordinary, is_plain, is_stemmed
from helpdesk.domain.guard.words import Word

_BETWEEN: Final = frozenset(
    "it his her their the that this one pw password back pwd passwd temp to was is by us "
    "me".split()
)
_OBJECTS: Final = frozenset("it that this one pw password pwd passwd temp back".split())
_TEMPORARY: Final = frozenset("temp temporary tmp".split())
_NAMING: Final = frozenset("is was = : are".split())
_ENTRY: Final = frozenset("in on into".split())
_LOG: Final = frozenset("log sign logon login".split())
_UNNAMED: Final = frozenset("un usr u/n".split())
_WORDS_BETWEEN: Final = 5
_QUOTED_WORDS: Final = 6
_SHORTEST: Final = 6
_FAR: Final = 20


def find_set(words: Sequence[Word]) -> Iterator[Secret]:
    """Find what a password was set to: *I set it to ...*, *the temporary is ...*.

    Args:
        words: The words of a text.

    Yields:
        The secrets.
    """
    spoken = any(label_kind(each.low) == "password" for each in words)
    for at, word in enumerate(words):
        if spoken and _is_context(words, at):
            yield Secret("a password", word.start, word.end)
        if word.low in _TEMPORARY:
            yield from _temporary(words, at)
        elif word.low in _UNNAMED and at + 1 < len(words):
            yield from _user_name(words, at + 1)
        elif word.low in _LOG:
            yield from _used_to_log_in(words, at)
        elif word.low == "to" and _is_setting(words, at):
            named = words[at - 1].low in _OBJECTS
            yield from _target(words, at + 1, spoken=spoken, named=named)
        elif spoken and '"' in word.before:
            yield from _quoted(words, at)


def _is_context(words: Sequence[Word], at: int) -> bool:
    """Whether a word in a note about a password is made up, and no number of something."""
    word = words[at]
    if len(word.text) < _SHORTEST or not _is_made_up(word) or is_after_id(words, at):
        return False
    if "=" in word.text or "://" in word.text or word.text == word.text.upper():
        return False
    letters = sum(each.isalpha() for each in word.text)
    near = words[max(0, at - _FAR) : at + _FAR]
    return letters > 2 and any(label_kind(each.low) == "password" for each in near)


def _is_setting(words: Sequence[Word], at: int) -> bool:
    """Whether *to* stands behind a verb of setting."""
    for place in range(at - 1, max(-1, at - _WORDS_BETWEEN), -1):
        if is_end(words[place + 1].before):
            return False
        if CHANGING.match(words[place].low):
            return True
        if words[place].low not in _BETWEEN:
            return False
    return False


def _target(words: Sequence[Word], place: int, *, spoken: bool, named: bool) -> Iterator[Secret]:
    """The value behind *to*."""
    if place >= len(words) or is_end(words[place].before):
        return
    word = words[place]
    made_up = _is_made_up(word) and (spoken or len(word.text) >= _SHORTEST)
    plain = (
        named
        and spoken
        and is_plain(word.text)
        and word.text == word.low
        and not word.low.endswith("'s")
    )
    if made_up or plain:
        yield Secret("a password", word.start, words[_end(words, place)].end)


def _end(words: Sequence[Word], place: int) -> int:
    """The last word of a phrase of unknown words and a short number."""
    while place + 1 < len(words) and words[place + 1].before == "":
        word = words[place + 1]
        if not (word.low.isdigit() or is_plain(word.text)):
            break
        place += 1
    return place


def _is_made_up(word: Word) -> bool:
    """Whether letters stand beside digits or signs, and it is no known name with its number."""
    if is_ordinary(word.low) or is_stemmed(word.low):
        return False
    return is_mixed(word.text) and any(each.isdigit() for each in word.text)


def _temporary(words: Sequence[Word], at: int) -> Iterator[Secret]:
    """The temporary is VALUE; temp: VALUE; VALUE as temp."""
    if at + 1 < len(words):
        place, sign = at + 1, words[at + 1].before.strip()
        named = sign in {":", "=", "(", "-"}
        while place + 1 < len(words) and words[place].low in _NAMING:
            place, named = place + 1, True
        if named and (_is_made_up(words[place]) or (is_plain(words[place].text) and sign != "-")):
            yield Secret("a password", words[place].start, words[_end(words, place)].end)
    for place in range(at - 1, max(-1, at - 3), -1):
        if words[place].low in {"as", "is", "="} and place and _is_made_up(words[place - 1]):
            yield Secret("a password", words[place - 1].start, words[place - 1].end)


def _user_name(words: Sequence[Word], place: int) -> Iterator[Secret]:
    """un: NAME."""
    word = words[place]
    if set(word.before) & set(":=") and (is_plain(word.text) or _is_made_up(word)):
        yield Secret("a login name", word.start, word.end)


def _used_to_log_in(words: Sequence[Word], at: int) -> Iterator[Secret]:
    """Uses NAME to log in."""
    following = words[at + 1].low if at + 1 < len(words) else ""
    if not (words[at].low in {"login", "logon"} or following in _ENTRY) or at < 3:
        return
    if words[at - 1].low != "to" or not words[at - 3].low.startswith(("us", "enter", "typ")):
        return
    word = words[at - 2]
    if _is_made_up(word) or (is_plain(word.text) and word.text == word.low):
        yield Secret("a login name", word.start, word.end)


def _quoted(words: Sequence[Word], at: int) -> Iterator[Secret]:
    """Words in quotes that nobody knows, in a note about a password."""
    for last in range(at + 1, min(at + 1 + _QUOTED_WORDS, len(words) + 1)):
        if last < len(words) and '"' not in words[last].before:
            continue
        inside = words[at:last]
        unknown = [is_plain(each.text) and each.text == each.low for each in inside]
        closed = last < len(words)
        if closed and (2 * sum(unknown) > len(inside) or any(map(_is_made_up, inside))):
            yield Secret("a password", inside[0].start, inside[-1].end)
        return
