"""The only reader of YAML: safe, bounded, no duplicate keys, every value with its place.

Scalars stay the text that was typed: ``no``, ``0441`` and ``12:30`` are themselves, and
whoever asks for a number or a date converts it. Aliases and tags are refused before
anything is built, so that a small file cannot become a large one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from helpdesk.domain.yaml_slips import slip_in
from helpdesk.errors import BadFile, Fault

if TYPE_CHECKING:
    import yaml

MAX_BYTES: Final = 1_000_000
"""The largest file that is read."""

MAX_DEPTH: Final = 40
"""The deepest nesting that is read."""

MAX_EVENTS: Final = 200_000
"""The most keys and values that are read."""

Path = tuple[str | int, ...]
"""Where a value stands: ``("steps", "live", "ask")``."""

Mark = tuple[int, int]
"""Line and column, both counted from 1."""

_NOT_ALLOWED: Final = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


class Document:
    """One YAML file that was read, and the faults found in it so far."""

    def __init__(self, name: str, root: object, marks: Mapping[Path, Mark]) -> None:
        """Keep what was read.

        Args:
            name: The file's name for messages.
            root: Dicts, lists, text and ``None``.
            marks: The place of every value; a key's place is under the path of its value.
        """
        self.name = name
        self.root = root
        self.faults: list[Fault] = []
        self._marks = marks

    def fault(self, path: Path, message: str) -> None:
        """Note one thing that is wrong.

        Args:
            path: The value it is about, or its nearest parent that exists.
            message: What is wrong and the mend.
        """
        while path not in self._marks and path:
            path = path[:-1]
        line, column = self._marks.get(path, (1, 1))
        self.faults.append(Fault(self.name, line, column, message))

    def place(self, path: Path) -> str:
        """Say where a value stands.

        Args:
            path: The value.

        Returns:
            ``file:line:column``.
        """
        line, column = self._marks.get(path, (1, 1))
        return f"{self.name}:{line}:{column}"

    def value(self, path: Path) -> object:
        """Look a value up.

        Args:
            path: Where it stands.

        Returns:
            The value, or ``None`` when there is none.
        """
        found = self.root
        for part in path:
            if isinstance(found, dict):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def mapping(
        self, path: Path, required: tuple[str, ...] = (), optional: tuple[str, ...] | None = ()
    ) -> dict[str, object]:
        """Read a mapping and note missing and unknown keys.

        Args:
            path: Where it stands.
            required: Keys it must have.
            optional: Keys it may have; ``None`` for any.

        Returns:
            The mapping; empty when there is none.
        """
        found = self.value(path)
        if not isinstance(found, dict):
            if found is not None or required:
                self.fault(path, f"{_said(path)} must hold keys and values.")
            return {}
        for key in required:
            if _is_empty(found.get(key)):
                self.fault(path, f"{_said(path)} lacks “{key}”: add it.")
        if optional is not None:
            known = (*required, *optional)
            for key in found:
                if key not in known:
                    self.fault((*path, key), f"“{key}” is not known here: use {', '.join(known)}.")
        return found

    def text(self, path: Path, longest: int = 2_000) -> str:
        """Read one text.

        Args:
            path: Where it stands.
            longest: The most characters it may have.

        Returns:
            The text with its white space folded; empty when there is none.
        """
        found = self.value(path)
        if found is None:
            return ""
        if not isinstance(found, str):
            self.fault(path, f"{_said(path)} must be text, not a list or a mapping.")
            return ""
        folded = " ".join(found.split())
        if len(folded) > longest:
            self.fault(path, f"{_said(path)} has {len(folded)} characters: at most {longest}.")
        return folded

    def texts(self, path: Path) -> tuple[str, ...]:
        """Read a list of texts.

        Args:
            path: Where it stands.

        Returns:
            The texts; empty when there are none.
        """
        found = self.value(path)
        if found is None:
            return ()
        if not isinstance(found, list):
            self.fault(path, f"{_said(path)} must be a list: [a, b].")
            return ()
        return tuple(self.text((*path, place)) for place in range(len(found)))

    def choice(self, path: Path, known: tuple[str, ...]) -> str:
        """Read one of several known words.

        Args:
            path: Where it stands.
            known: The words allowed.

        Returns:
            The word, or the first known one when it is missing or wrong.
        """
        found = self.text(path)
        if found in known:
            return found
        if self.value(path) is not None:
            said = ", ".join(filter(None, known))
            self.fault(path, f"“{found}” is not known for {_said(path)}: use {said}.")
        return known[0]

    def refuse_faults(self) -> None:
        """Stop when anything was found wrong.

        Raises:
            BadFile: With every fault found.
        """
        if self.faults:
            raise BadFile(self.faults)


def load(text: str, name: str) -> Document:
    """Read one YAML text.

    Args:
        text: The text.
        name: The file's name for messages.

    Returns:
        The document; duplicate keys are already among its faults.

    Raises:
        BadFile: When it is not YAML, or larger or deeper than is read.
    """
    import yaml  # noqa: PLC0415 - 14 ms, not needed where the cache has what was read

    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    _refuse_text(text, name)
    try:
        _refuse_bombs(text, name, loader)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        slip = slip_in(text, error, yaml.scan(text, Loader=loader), yaml.YAMLError)
        raise _bad(name, slip.at, slip.message) from None
    marks: dict[Path, Mark] = {(): (1, 1)}
    document = Document(name, None, marks)
    if root is not None:
        document.root = _build(root, (), marks, document)
    return document


def _bad(name: str, at: Mark, message: str) -> BadFile:
    return BadFile([Fault(name, *at, message)])


def _place(mark: yaml.Mark) -> Mark:
    return (mark.line + 1, mark.column + 1)


def _said(path: Path) -> str:
    return f"“{path[-1]}”" if path else "the file"


def _is_empty(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _refuse_text(text: str, name: str) -> None:
    if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        raise _bad(name, (1, 1), f"the file is larger than {MAX_BYTES} bytes: split it.")
    if wrong := re.search(_NOT_ALLOWED, text):
        before = text[: wrong.start()]
        at = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise _bad(name, at, "a character that YAML does not allow: remove it.")


def _refuse_bombs(text: str, name: str, loader: type[Any]) -> None:
    import yaml  # noqa: PLC0415

    events: Iterable[Any] = yaml.parse(text, Loader=loader)
    depth = 0
    for count, event in enumerate(events):
        at = _place(event.start_mark)
        if count > MAX_EVENTS:
            raise _bad(name, at, f"more than {MAX_EVENTS} keys and values: split the file.")
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _bad(name, at, f"nested deeper than {MAX_DEPTH} levels: flatten it.")
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise _bad(name, at, f"aliases (*{event.anchor}) are not read: write it out.")
        if getattr(event, "tag", None):
            raise _bad(name, at, f"tags ({event.tag}) are not read: remove it.")


def _build(node: yaml.Node, path: Path, marks: dict[Path, Mark], document: Document) -> object:
    import yaml  # noqa: PLC0415

    marks.setdefault(path, _place(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, marks, document)
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(item, (*path, place), marks, document) for place, item in enumerate(node.value)
        ]
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if plain and node.value in {"", "~", "null"} else str(node.value)


def _mapping(
    node: yaml.MappingNode, path: Path, marks: dict[Path, Mark], document: Document
) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in node.value:
        at = _place(key.start_mark)
        if not isinstance(key.value, str):
            document.faults.append(Fault(document.name, *at, "a key must be plain text."))
            continue
        here = (*path, key.value)
        if key.value in found:
            first = marks[here][0]
            message = f"“{key.value}” is here twice, first at line {first}: remove one."
            document.faults.append(Fault(document.name, *at, message))
            continue
        marks[here] = at
        found[key.value] = _build(value, here, marks, document)
    return found
