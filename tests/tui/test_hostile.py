"""Hostile text in every widget: nothing fails, and no control sign reaches the terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final

import pytest

from helpdesk import resources
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.notes import add_note_to_call
from helpdesk.domain.calls import Caller
from helpdesk.playbooks.gathering import DECLARATIONS, read_library
from tests.support.clock import StillClock
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

HOSTILE: Final = {
    "markup": "[/] [/bold] [bold unclosed [ [link=https://x.example]x[/link]",
    "action": "[@click=app.quit]click[/] [@click=app.bell()]me",
    "escapes": "\x1b[31mred\x1b]0;title\x07\x1b]52;c;aGk=\x07\x1b[2J\x1b[?1049l\x9b6n",
    "controls": "a\x00b\x01c\x07d\x08e\x0bf\x0cg\x7fh\x85i\x90j",
    "lines": "one\r\ntwo\rthree\n\n\tfour\u2028five\u2029six",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c \ufeff",
    "marks": "Z" + "\u0301\u0327\u20d7" * 40 + "algo",
    "emoji": "❤️ ⚠️ 👩‍💻 👍🏽 1️⃣ 🇺🇸",
    "wide": "汉字漢字한글 ｆｕｌｌ",
    "variables": "<court.phone> {name} $v %s %(x)s {{x}} ‹court phone?›",
    "surrogate": "half \ud83d of one",
    "long": "long" * 2_500,
}

ALLOWED_FORMAT: Final = {"\u200d"}
"""What joins the parts of one emoji."""


def bad_signs(console: Console) -> set[str]:
    """Signs on the screen that a terminal would obey instead of showing."""
    return {
        f"U+{ord(sign):04X}"
        for line in lines(console)
        for sign in line
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and sign not in ALLOWED_FORMAT
    }


async def look(console: Console, said: str, *sizes: tuple[int, int]) -> None:
    """Press keys and look at what is drawn, in several sizes."""
    await press(console, said)
    assert not bad_signs(console), said
    for size in sizes:
        await resize(console, size)
        assert not bad_signs(console), (said, size)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_callers_and_notes_are_only_shown(
    desk: Desk, clock: StillClock, text: str
) -> None:
    clock.go_on(-3600)
    call = start_call(desk)
    caller = Caller(id=0, name=text, firm=text, bar_number=text, email=text, court="ncmb")
    add_caller(desk, call, caller, "212-555-0144")
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


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_text_pasted_into_any_box_is_only_shown(known: Desk, text: str) -> None:
    async with running(known) as console:
        for opened, then in (
            ("n", "⏎"), ("⇥⇥⇥⇥", "⎋ ⎋"), ("s", "⎋"), ("s li ⏎ i", "⏎"), ("ao", "⏎"),
            ("⎋ s sc ⏎ n", "⏎ ⎋"),
            ("hw", "⏎ ⎋"), ("e", "⎋"), ("d gp", "⎋⎋"), ("/", "⏎ ⎋"), (":", "⎋"), ("N", "⏎ ⎋"),
        ):  # fmt: skip
            await press(console, opened)
            await paste(console, text)
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
    for number, text in enumerate(HOSTILE.values()):
        (folder / f"evil-{number}.yaml").write_text(playbook(number, text), encoding="utf-8")
    shipped = resources.shipped("playbooks")
    read = read_library([*(shipped / name for name in DECLARATIONS), folder])
    desk.read_playbooks = lambda _: read.library
    assert len(read.library.playbooks) == len(HOSTILE), read.faults()
    async with running(desk) as console:
        await look(console, "gp")
        for playbook_of in sorted(each.codes[0] for each in read.library.playbooks.values()):
            await look(console, f"⎋⎋ gp {playbook_of} ⏎ ⇟")
            await look(console, "t")
            await look(console, "e")
            await look(console, f"⎋⎋⎋⎋ n ⏎ {playbook_of} ⏎", WIDE, NARROW)
            await look(console, "⎋ k")
            await look(console, "⎋ e", WIDE, NARROW)
            await look(console, "⎋ 1 hd")


async def test_hostile_playbooks_and_questions_are_only_shown_to_who_is_not_sure(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for number, text in enumerate(HOSTILE.values()):
        (folder / f"evil-{number}.yaml").write_text(playbook(number, text), encoding="utf-8")
    asked = "".join(question(number, text) for number, text in enumerate(HOSTILE.values()))
    (folder / "questions.yaml").write_text(asked, encoding="utf-8")
    shipped = resources.shipped("playbooks")
    apart = (shipped / name for name in DECLARATIONS if name != "questions.yaml")
    read = read_library([*apart, folder])
    desk.read_playbooks = lambda _: read.library
    assert len(read.library.playbooks) == len(HOSTILE), read.faults()
    async with running(desk) as console:
        await look(console, "n ⏎ ⇥", WIDE, NARROW)
        for _ in HOSTILE:
            await look(console, "1")
            await look(console, "⌫ d")
        await look(console, "", WIDE, NARROW)
        asked_of = desk.port.query("SELECT count(DISTINCT step) FROM answer").value()
    assert asked_of >= len(HOSTILE) - 1


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
        for other, each in enumerate(HOSTILE.values())
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
