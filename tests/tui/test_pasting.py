"""A paste is one text and never a key: whatever is in it, and wherever the terminal cuts it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import constants, events
from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual.message import Message

from helpdesk.desk.desk import Desk
from helpdesk.tui import pasting
from helpdesk.tui.pasting import LONGEST, PasteParser, TooLong
from helpdesk.tui.screens.call import CallScreen
from tests.support.screens import app_of, echo, paste, press, running, send, words
from tests.tui.walks import STATES, walk

ANY_PASTE = st.text(st.sampled_from("\x1b[20~1ahry\r\n\t\0é")) | st.lists(
    st.sampled_from([START, END, "\x1b", "hr", "\r", "x" * 40, "\x1b[", "\x1b[201", "~", "[A"])
).map("".join)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paste, and an Escape, is over at the first tick, and not before: no test waits."""
    monkeypatch.setattr(pasting, "_QUIET_SECONDS", 0)
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0)


def told(chunks: Iterable[str]) -> list[Message]:
    """What the parser makes of what came in pieces, and of the silence behind it."""
    parser = PasteParser()
    found = [message for chunk in chunks for message in parser.feed(chunk)]
    return [*found, *parser.tick()]


@given(ANY_PASTE, st.lists(st.integers(0, 400)))
@example(f"ab{END}hr\r{START}cd", [])
@example(f"ab{END}hr\r", [])
@example("\x1b" + "h" * 60, [1, 7])
def test_whatever_is_pasted_no_key_comes_of_it_and_no_letter_is_lost(
    text: str, cuts: list[int]
) -> None:
    sent = f"{START}{text}{END}"
    places = sorted({0, len(sent), *(cut % len(sent) for cut in cuts)})
    messages = told(sent[begin:end] for begin, end in pairwise(places))
    assert {type(each) for each in messages} == {events.Paste}
    kept = "".join(each.text for each in messages if isinstance(each, events.Paste))
    assert [sign for sign in kept if sign in "ahryxé"] == [
        sign for sign in text if sign in "ahryxé"
    ]
    if START not in text and END not in text:
        assert kept == text


@given(st.text(st.sampled_from("\x1b \r/1ahbf\x7f\t"), min_size=1), st.lists(st.integers(0, 400)))
@example("\x1b ", [])
@example("\x1b\x1bg", [1, 2])
def test_escape_is_a_key_of_its_own_however_quickly_another_follows(
    typed: str, cuts: list[int]
) -> None:
    places = sorted({0, len(typed), *(cut % len(typed) for cut in cuts)})
    slowly = [message for sign in typed for message in told([sign])]
    quickly = told(typed[begin:end] for begin, end in pairwise(places))
    assert list(map(key_of, quickly)) == list(map(key_of, slowly))
    assert [key_of(each)[0] == "escape" for each in quickly] == [sign == "\x1b" for sign in typed]


@pytest.mark.parametrize(
    ("sent", "key"), [("\x1b[A", "up"), ("\x1bOP", "f1"), ("\x1b[5~", "pageup")]
)
def test_a_sequence_is_one_key_wherever_it_is_cut(sent: str, key: str) -> None:
    for cut in range(len(sent)):
        (only,) = told([sent[:cut], sent[cut:]] if cut else [sent])
        assert key_of(only)[0] == key


def key_of(message: Message) -> tuple[str, str | None]:
    """What a key is called, and what it prints."""
    assert isinstance(message, events.Key)
    return message.key, message.character


def test_keys_before_and_behind_a_paste_stay_keys_in_their_order() -> None:
    messages = told(["n", f"0{START}14", f"4{END}", "\r", "\x1b[A"])
    said = [each.text if isinstance(each, events.Paste) else each.key for each in messages]  # type: ignore[attr-defined]
    assert said == ["n", "0", "144", "enter", "up"]


def test_ten_megabytes_are_counted_and_not_kept() -> None:
    parts = ["x" * 65_536] * 160
    (paste,) = told([START, *parts, END])
    assert isinstance(paste, TooLong)
    assert paste.length == 160 * 65_536
    assert paste.text == ""


def test_the_longest_paste_is_taken_whole() -> None:
    (paste,) = told([START + "x" * LONGEST + END])
    assert isinstance(paste, events.Paste)
    assert paste.text == "x" * LONGEST


EVERY_KEY = "".join(map(chr, range(0x20, 0x7F))) + "hr\r\nq\x1b[A\x1bx\x11\x03\ty \r"


async def test_every_key_pasted_on_every_screen_runs_none_of_them(known: Desk) -> None:
    async with running(known) as console:
        for state in STATES:
            screen = await walk(console, state)
            stack, box = list(console.app.screen_stack), screen.box()
            within = type(screen.state) if isinstance(screen, CallScreen) else None
            before = box.content if box is not None else ""
            written = known.port.query("SELECT count(*) FROM journal").value()
            await paste(console, EVERY_KEY)
            assert console.app.screen_stack == stack, state
            assert within is None or type(screen.state) is within, state  # type: ignore[attr-defined]
            assert known.port.query("SELECT count(*) FROM journal").value() == written, state
            if box is None:
                assert "A paste runs no keys" in echo(console), state
            else:
                signs = [sign for sign in EVERY_KEY if "!" <= sign <= "~"]
                added = box.content.removeprefix(before)
                assert [sign for sign in added if "!" <= sign <= "~"] == signs, state
                box.fill(before)


async def test_ten_megabytes_are_refused_with_their_size_and_what_was_typed_stays(
    known: Desk,
) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ i fire")
        await paste(console, "x" * 10_485_760)
        assert "10,485,760 characters" in words(console)
        box = app_of(console).screen.box()  # type: ignore[attr-defined]
        assert box.content == "fire"
        await send(console, TooLong(10_485_760))
        assert "10,485,760 characters" in words(console)
        await press(console, "wall ⏎")
        assert known.port.query("SELECT text FROM note").value() == "firewall"
