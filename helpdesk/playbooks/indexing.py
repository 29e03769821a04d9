"""The words that a library is found by, counted once and kept as JSON can hold them."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from helpdesk.playbooks.counting import Counted, Spoken, counted
from helpdesk.playbooks.wording import Word, read_words

if TYPE_CHECKING:
    from helpdesk.domain.playbook import Playbook
    from helpdesk.playbooks.library import Library


class Entry(NamedTuple):
    """What a list of found playbooks shows of one."""

    title: str
    """Its title."""

    codes: tuple[str, ...]
    """The codes that choose it at once."""


class Index(NamedTuple):
    """All that a library is found by; the playbooks themselves are not wanted for it."""

    books: Mapping[str, Entry]
    """The playbooks by slug."""

    evidence: Counted
    """What their words speak for."""

    words: Mapping[Word, int]
    """Every word that callers say, with how often it stands there."""


def index_of(library: Library) -> Index:
    """Count the words of a library.

    Args:
        library: The playbooks; each is read once.

    Returns:
        Its index.
    """
    books: dict[str, Entry] = {}
    words = Counter[Word]()

    def spoken() -> Iterator[tuple[str, Spoken]]:
        for slug, book in library.playbooks.items():
            books[slug] = Entry(book.title, book.codes)
            said = _spoken(book)
            for each in said.said:
                words.update(each)
            yield slug, said

    return Index(books, counted(spoken()), words)


def index_as_told(index: Index) -> dict[str, Any]:
    """Write an index down.

    Args:
        index: The index.

    Returns:
        What JSON can hold.
    """
    of = index.evidence
    columns = {name: _packed(getattr(of, name)) for name in ("found", "books", "counts")}
    return {
        "books": index.books,
        "evidence": of._asdict() | columns | {"said": [_packed(each) for each in of.said]},
        "words": [(*word, count) for word, count in index.words.items()],
    }


def index_from_told(raw: Mapping[str, Any]) -> Index:
    """Read an index back.

    Args:
        raw: What ``index_as_told`` wrote.

    Returns:
        The index.
    """
    of = raw["evidence"]
    return Index(
        {slug: Entry(title, tuple(codes)) for slug, (title, codes) in raw["books"].items()},
        Counted(
            tuple(of["words"]),
            tuple(of["slugs"]),
            tuple(_unpacked(each) for each in of["said"]),
            _unpacked(of["found"]),
            _unpacked(of["books"]),
            _unpacked(of["counts"]),
        ),
        {Word(stem, shown): count for stem, shown, count in raw["words"]},
    )


def _spoken(book: Playbook) -> Spoken:
    texts = (book.title, book.slug.replace("-", " "), *book.phrases)
    steps = " ".join(f"{step.ask} {step.say}" for step in book.steps.values())
    return Spoken(tuple(read_words(text) for text in texts), read_words(steps))


def _packed(numbers: array[int]) -> str:
    return numbers.typecode + b64encode(numbers).decode()


def _unpacked(packed: str) -> array[int]:
    numbers = array(packed[0])
    numbers.frombytes(b64decode(packed[1:]))
    return numbers
