"""Hostile text in every widget: nothing fails, no control sign is drawn, no line is displaced."""

from __future__ import annotations

import unicodedata
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import pytest
from wcwidth import wcwidth

from helpdesk import resources
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.notes import add_note_to_call
from helpdesk.domain.calls import Caller
from helpdesk.playbooks.gathering import DECLARATIONS, read_library
from tests.support.clock import StillClock
from tests.support.hostile import HOSTILE
from tests.support.screens import (
    NARROW,
    WIDE,
    WIDEST,
    Console,
    lines,
    paste,
    press,
    resize,
    running,
)

TURNS: Final = 6
"""So many consoles show all of it: each kind in one of four places, and in one box or more."""


KINDS: Final = list(HOSTILE.values())
IN_YAML: Final = [
    f"{one[:28]} {two[:28]}" for one, two in zip(KINDS[::2], [*KINDS[1::2], ""], strict=False)
]
"""Two kinds a playbook: a whole playbook is looked at for each."""


def bad_signs(console: Console) -> set[str]:
    """Signs on the screen that a terminal would obey instead of showing."""
    return {
        f"U+{ord(sign):04X}"
        for line in lines(console)
        for sign in line
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }


def is_as_wide(console: Console) -> bool:
    """Whether every line takes as many cells as the terminal has, counted sign by sign."""
    width = console.app.size.width
    return {sum(map(wcwidth, line)) for line in lines(console)} == {width}


async def look(console: Console, said: str, *sizes: tuple[int, int]) -> None:
    """Press keys and look at what is drawn, in several sizes."""
    await press(console, said)
    assert not bad_signs(console), said
    assert is_as_wide(console), said
    for size in sizes:
        await resize(console, size)
        assert not bad_signs(console), (said, size)
        assert is_as_wide(console), (said, size)


@pytest.mark.parametrize("turn", range(TURNS))
async def test_hostile_callers_and_notes_are_only_shown(
    desk: Desk, clock: StillClock, turn: int
) -> None:
    clock.go_on(-3600)
    call = start_call(desk)
    name, firm, bar, email = islice(cycle(HOSTILE.values()), turn * 4, turn * 4 + 4)
    caller = Caller(id=0, name=name, firm=firm, bar_number=bar, email=email, court="ncmb")
    add_caller(desk, call, caller, "212-555-0144")
    for text in HOSTILE.values():
        add_note_to_call(desk, call, text)
    finish_call(desk, call, "callback", clock.now() + 600)
    clock.go_on(3600)
    async with running(desk) as console:
        await look(console, "", WIDEST, NARROW)
        await look(console, "⏎ ⇟")
        await look(console, "⎋ gt")
        await look(console, "⎋ n 0144")
        await look(console, "⏎ ⏎ yes y C", WIDEST, NARROW)
        await look(console, "⎋ ae")


@pytest.mark.parametrize("turn", range(TURNS))
async def test_hostile_text_pasted_into_any_box_is_only_shown(known: Desk, turn: int) -> None:
    texts = islice(cycle(HOSTILE.values()), turn, None, TURNS)
    async with running(known) as console:
        for opened, then in (
            ("n", "⏎"), ("⇥⇥⇥⇥", "⎋ ⎋"), ("s", "⎋"), ("s li ⏎ i", "⏎"), ("ao", "⏎"),
            ("⎋ s sc ⏎ n", "⏎ ⎋"),
            ("hw", "⏎ ⎋"), ("e", "⎋"), ("d gp", "⎋⎋"), ("/", "⏎ ⎋"), (":", "⎋"), ("N", "⏎ ⎋"),
        ):  # fmt: skip
            await press(console, opened)
            await paste(console, next(texts))
            assert not bad_signs(console), opened
            await look(console, then)


@pytest.mark.parametrize("text", [HOSTILE["markup"], HOSTILE["action"], HOSTILE["marks"]])
async def test_hostile_text_typed_as_the_symptom_is_only_shown(known: Desk, text: str) -> None:
    async with running(known) as console:
        await press(console, "n ⏎")
        await paste(console, text)
        await look(console, "⏎ ⌫⌫⌫")


async def test_hostile_playbooks_are_only_shown(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for number, text in enumerate(IN_YAML):
        (folder / f"evil-{number}.yaml").write_text(playbook(number, text), encoding="utf-8")
    shipped = resources.shipped("playbooks")
    read = read_library([*(shipped / name for name in DECLARATIONS), folder])
    desk.read_playbooks = lambda _: read.library
    assert len(read.library.playbooks) == len(IN_YAML), read.faults()
    async with running(desk) as console:
        await look(console, "gp")
        for playbook_of in sorted(each.codes[0] for each in read.library.playbooks.values()):
            await look(console, f"⎋⎋ gp {playbook_of} ⏎ ⇟")
            await look(console, "t")
            await look(console, "e")
            await look(console, f"⎋⎋⎋⎋ n ⏎ {playbook_of} ⏎", WIDE)
            await look(console, "⎋ k")
            await look(console, "⎋ e", NARROW)
            await look(console, "⎋ 1 hd")


async def test_hostile_playbooks_and_questions_are_only_shown_to_who_is_not_sure(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for number, text in enumerate(IN_YAML):
        (folder / f"evil-{number}.yaml").write_text(playbook(number, text), encoding="utf-8")
    asked = "".join(question(number, text) for number, text in enumerate(IN_YAML))
    (folder / "questions.yaml").write_text(asked, encoding="utf-8")
    shipped = resources.shipped("playbooks")
    apart = (shipped / name for name in DECLARATIONS if name != "questions.yaml")
    read = read_library([*apart, folder])
    desk.read_playbooks = lambda _: read.library
    assert len(read.library.playbooks) == len(IN_YAML), read.faults()
    async with running(desk) as console:
        await look(console, "n ⏎ ⇥", WIDE, NARROW)
        for _ in IN_YAML:
            await look(console, "1")
            await look(console, "⌫ d")
        await look(console, "", WIDE, NARROW)
        asked_of = desk.port.query("SELECT count(DISTINCT step) FROM answer").value()
    assert asked_of >= len(IN_YAML) - 1


def question(number: int, text: str) -> str:
    """A question that tells some hostile playbooks from the others."""
    return f"""\
q{number}:
  ask: "{quoted(text)}?"
  answers: ["{quoted(text)}", "two"]
"""


def quoted(text: str) -> str:
    """A text as YAML can carry it between double quotes."""
    return "".join(
        sign if " " <= sign <= "~" and sign not in '"\\' else f"\\U{ord(sign):08x}"
        for sign in text.encode("utf-8", "replace").decode()[:60]
    )


def playbook(number: int, text: str) -> str:
    """A playbook with a hostile text in every place, written as YAML can carry it."""
    said = quoted(text)
    when = "".join(
        f"  q{other}: [{'two' if number <= other else chr(34) + quoted(each) + chr(34)}]\n"
        for other, each in enumerate(IN_YAML)
    )
    return f"""\
title: "{said}"
theme: linking
owner: court
phase: both
codes: [e{chr(ord("a") + number)}]
phrases: ["{said}"]
never: ["{said}"]
sources: ["{said}"]
review: 2027-05-01
when:
{when}start: first
steps:
  first:
    ask: "{said}"
    say: "{said} <ask: words on the screen>"
    why: "{said}"
    answers:
      "{said}": last
      yes: last
  last:
    do: "{said}"
    outcome: resolved
"""
