"""No secret of the corpus reaches a byte of the disk, by whatever door it was typed."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

import pytest

from helpdesk.__main__ import main
from helpdesk.desk.desk import Desk
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.widgets.boxes import NoteBox
from tests.support.corpus import said_secrets
from tests.support.screens import echo, paste, press, running, settled, words

TO_THE_PLAYBOOK = "n 0144 ⏎ li ⏎"
LEAST = 6
"""Shorter values stand by chance in ids and times."""

BOXES = (
    # (the key that opens a box, what is typed there, the secret's first letters)
    ("s", "pw␣is␣Winter2025!␣", "Winter"),
    ("i", "Chrome,␣password␣is␣blue␣horse␣42␣", "blue"),
    ("i", "card␣4012␣8888␣8888␣1881␣", "4012 8"),
    ("i", "capital␣T␣r␣0␣m␣b␣4␣", "T r 0"),
)


def every_byte(*folders: Path) -> bytes:
    """What stands in every file, small letters, files whose names begin with a dot too."""
    files = (each for folder in folders for each in folder.rglob("*") if each.is_file())
    return b"\n".join(each.read_bytes() for each in files).lower()


HASH: Final = re.compile(rb"(?=[0-9]*[a-f])[0-9a-f]{16,}")
"""A salt, a hash or an operation's id: by chance six digits of a code stand in it."""


def leaked(written: bytes) -> list[str]:
    """The secrets that stand there, in whatever encoding."""
    written = HASH.sub(b" ", written)
    values = {value for each in said_secrets() for value in each.secrets if len(value) >= LEAST}
    return [
        value
        for value in values
        if any(value.lower().encode(code) in written for code in ("utf-8", "utf-16-le"))
    ]


async def test_secrets_that_are_typed_letter_by_letter_leave_no_trail(
    known: Desk, tmp_path: Path
) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PLAYBOOK)
        for opens, typed, begins in BOXES:
            await press(console, opens)
            screen = console.app.screen
            assert isinstance(screen, CallScreen)
            for place in range(0, len(typed), 10):
                await press(console, typed[place : place + 10])
                await screen.draft.keep()
                assert begins.lower().encode() not in every_byte(tmp_path), typed
            screen.query_one(NoteBox).fill("")
            await press(console, "⎋")
    assert not leaked(every_byte(tmp_path))


async def test_secrets_of_the_corpus_that_are_pasted_are_refused_and_blanked_by_one_key(
    known: Desk, tmp_path: Path
) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} i")
        screen = console.app.screen
        assert isinstance(screen, CallScreen)
        box = screen.query_one(NoteBox)
        await paste(console, "\n\n".join(each.text for each in said_secrets()))
        await press(console, "⏎")
        assert "This looks like" in echo(console)
        await screen.draft.keep(whole=True)
        assert not leaked(every_byte(tmp_path))
        box.fill("")
        screen.draft.forget()
        await paste(console, "told him pw is Winter2025! by phone")
        await press(console, "⏎")
        await settled(console)
        await console.press("ctrl+x")
        await settled(console)
        assert box.content == "told him pw is … by phone"
        await press(console, "⏎")
        assert "Note saved" in echo(console)
    assert b"told him pw is" in every_byte(tmp_path)
    assert b"winter2025" not in every_byte(tmp_path)


async def test_a_secret_in_a_box_of_one_line_is_blanked_by_the_same_key(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} s")
        assert "blank the secret" not in words(console)
        await paste(console, "ssn 219-09-9999")
        await settled(console)
        assert "social security number" in echo(console)
        assert "blank the secret" in words(console)
        await console.press("ctrl+x")
        await settled(console)
        box = console.app.screen.box()  # type: ignore[attr-defined]
        assert box.content == "ssn …"
        assert "blank the secret" not in words(console)


def test_secrets_reach_no_byte_by_the_command_line_or_by_a_file(
    known: Desk,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    elsewhere = tmp_path_factory.mktemp("typed")
    log = ["log", "--caller", "Roe, Pat", "--phone", "212-555-0199", "--court", "ianb"]
    log += ["--symptom", "linking-error", "--note"]
    for each in said_secrets()[::40]:
        assert main([*log, each.text]) == 1, each.text
        said = capsys.readouterr().err
        assert "This looks like" in said
        assert not [value for value in each.secrets if len(value) >= LEAST and value in said]
    with (elsewhere / "old.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["Date", "Start Time", "Caller", "Phone", "Disposition", "Comments"])
        for each in said_secrets():
            row = ["2025-03-14", "2:15 PM", "Roe, Pat", "212-555-0199", "Closed", each.text]
            table.writerow(row)
    faults = tmp_path / "faults.csv"
    main(["import", str(elsewhere / "old.csv"), "--faults", str(faults), "--yes"])
    told = capsys.readouterr()
    assert f"{len(said_secrets())} faulty" in told.out
    assert faults.exists()
    for form in ("csv", "xlsx", "jsonl"):
        assert main(["export", "calls", "--out", str(tmp_path / f"calls.{form}")]) == 0
    known.port.backup(tmp_path / "backup.db")
    assert not leaked(every_byte(tmp_path))
    assert not leaked((told.out + told.err).lower().encode())
