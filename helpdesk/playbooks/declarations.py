"""Reads what playbooks refer to: facts, kinds of action, reasons for a referral."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.actions import ActionField, ActionKind
from helpdesk.domain.playbook import NO, YES, FactKind, Referral
from helpdesk.located_yaml import Document, Path, load

_FLAG: Final = ("no", "yes")


def read_facts(text: str, name: str) -> tuple[dict[str, FactKind], Document]:
    """Read ``facts.yaml``.

    Args:
        text: The YAML.
        name: The file's name for messages.

    Returns:
        The facts by name, and the file with its faults.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    document = load(text, name)
    facts = {}
    for fact in document.mapping((), optional=None):
        document.mapping((fact,), ("text",), ("from", "choices", "at-court"))
        known_from = document.text((fact, "from"))
        facts[fact] = FactKind(
            name=fact,
            text=document.text((fact, "text")),
            known_from=known_from,
            choices=document.texts((fact, "choices")) or (YES, NO),
            at_court=_flag(document, (fact, "at-court")) or bool(known_from),
        )
    return facts, document


def read_referrals(text: str, name: str) -> tuple[dict[str, Referral], Document]:
    """Read ``referrals.yaml``.

    Args:
        text: The YAML.
        name: The file's name for messages.

    Returns:
        The reasons by name, at most nine, in the order of their digit keys; and the file
        with its faults.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    document = load(text, name)
    referrals = {}
    for place, reason in enumerate(document.mapping((), optional=None)):
        document.mapping((reason,), ("text", "to"), ("first",))
        if place == len("123456789"):
            document.fault((reason,), "there are nine digit keys: join two reasons into one.")
        referrals[reason] = Referral(
            name=reason,
            text=document.text((reason, "text"), 60),
            to=document.text((reason, "to")),
            first=document.text((reason, "first")),
        )
    return referrals, document


def read_actions(text: str, name: str) -> tuple[dict[str, ActionKind], Document]:
    """Read ``actions.yaml``.

    Args:
        text: The YAML.
        name: The file's name for messages.

    Returns:
        The kinds by name, and the file with its faults.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    document = load(text, name)
    kinds: dict[str, ActionKind] = {}
    keys: dict[tuple[str, str], str] = {}
    for kind in document.mapping((), optional=None):
        optional = (
            "told",
            "fields",
            "menu",
            "strong",
            "outside",
            "letter",
            "credential",
        )
        document.mapping((kind,), ("key", "text"), optional)
        made = _read_kind(document, kind)
        first = keys.setdefault((made.menu, made.key), kind)
        if first != kind:
            document.fault((kind, "key"), f"the key “{made.key}” is taken by “{first}”.")
        if len(made.key) != 1:
            document.fault((kind, "key"), "“key” must be one character.")
        kinds[kind] = made
    return kinds, document


def _read_kind(document: Document, kind: str) -> ActionKind:
    names = document.mapping((kind, "fields"), optional=None)
    return ActionKind(
        name=kind,
        key=document.text((kind, "key")),
        text=document.text((kind, "text"), 60),
        told=document.text((kind, "told"), 240),
        fields=tuple(_read_field(document, (kind, "fields", each), each) for each in names),
        menu=document.choice((kind, "menu"), ("action", "verify")),
        strong=_flag(document, (kind, "strong")),
        outside=_flag(document, (kind, "outside")),
        letter=_flag(document, (kind, "letter")),
        credential=_flag(document, (kind, "credential")),
    )


def _read_field(document: Document, path: Path, name: str) -> ActionField:
    document.mapping(path, ("text",), ("choices", "required"))
    return ActionField(
        name=name,
        text=document.text((*path, "text")),
        choices=document.texts((*path, "choices")),
        required=_flag(document, (*path, "required")),
    )


def _flag(document: Document, path: Path) -> bool:
    return document.choice(path, _FLAG) == YES
