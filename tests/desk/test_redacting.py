from __future__ import annotations

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.caller_corrections import correct_caller
from helpdesk.desk.callers import find_callers
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.hand_overs import add_note_for_shift
from helpdesk.desk.holds import hold, list_holds, release
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.notes import add_note_to_call, keep_draft
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.prompts import fill_prompt
from helpdesk.desk.redacting import Redaction, look_for, redact, redact_own, take_out
from helpdesk.desk.redaction_places import scope_of
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.statuses import change_status
from helpdesk.desk.ticket_notes import keep_ticket_draft
from helpdesk.desk.undo import undo_entry
from helpdesk.desk.upkeep import examine_database
from helpdesk.desk.view import call_view
from helpdesk.desk.wiping import finish_wiping
from helpdesk.domain.removing import REDACTED, Sought
from helpdesk.errors import BadInput, HelpdeskError, NotAllowed, NotFound, SecretFound
from tests.support.bytes import found_in
from tests.support.calls import DANA, PHONE, call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.editing import Editor

WORDS = "zwitscherkasten"
WHY = "it was a name of somebody else"


def spread(desk: Desk, clock: StillClock) -> list[str]:
    """Write the words wherever a person can, on two tickets of which one goes on in the other."""
    first = call_of_dana(desk)
    choose_symptom(desk, first, "linking-error", f"li {WORDS}")
    add_note_to_call(desk, first, f"She said {WORDS} twice: {WORDS}.")
    add_action_to_call(desk, first, "other", {"what": f'told "{WORDS}" off'})
    fill_prompt(desk, first, "the message", f"no {WORDS} found")
    finish_call(desk, first, "resolved")
    clock.go_on(60)
    second = start_call(desk)
    add_note_to_call(desk, second, f"again {WORDS}")
    finish_call(desk, second, "referred", reason=f"for {WORDS}")
    tickets = [call_view(desk, call).ticket for call in (first, second)]
    merge_tickets(desk, tickets[1], tickets[0])
    change_status(desk, tickets[0], "closed", f"no more {WORDS}")
    keep_ticket_draft(desk, tickets[0], f"half a {WORDS} and")
    caller = rows(desk, "SELECT id FROM caller")[0]["id"]
    correct_caller(desk, caller, "firm", f"{WORDS} & Sons")
    correct_caller(desk, caller, "firm", "Whitfield & Sons")
    correct_caller(desk, caller, "email", f"dana@{WORDS}.example")
    add_note_for_shift(desk, f"mind the {WORDS}")
    return ["T-26-00001", "T-26-00002"]


def redacted(desk: Desk, words: str = WORDS) -> Redaction:
    return redact(desk, "T-26-00001", Sought(words), WHY)


def verified(desk: Desk) -> str:
    assert faults_of(desk.port) == []
    said = {each.what: each for each in examine_database(desk)}
    wrong = [each for each in said.values() if not each.ok and each.what != "staff"]
    assert wrong == []
    return said["journal"].said


def test_words_are_gone_from_every_byte_of_the_desk_folder(
    desk: Desk, clock: StillClock, home: Path
) -> None:
    numbers = spread(desk, clock)
    assert found_in(WORDS, home)
    found = look_for(desk, "T-26-00002", Sought(WORDS))
    gone = redacted(desk)
    assert found.places == gone.places
    assert {place.split(" of ")[0] for place, _ in gone.places} >= {
        "note text", "prompt text", "action fields", "call reason", "call typed", "caller email",
        "ticket draft text", "shift note text", "journal, old and new values",
    }  # fmt: skip
    assert gone.left is not None
    assert (gone.left.backups, gone.left.files, gone.left.log) == ((), (), False)
    assert found_in(WORDS, home) == []
    assert found_in(WORDS[3:], home) == []
    assert "removed by redaction" in verified(desk)
    notes = [each.text for number in numbers for each in show_ticket(desk, number).notes]
    assert notes == [f"She said {REDACTED} twice: {REDACTED}.", f"again {REDACTED}"]
    assert rows(desk, "SELECT fields ->> 'what' AS what FROM action")[0]["what"] == (
        f'told "{REDACTED}" off'
    )
    assert not find_callers(desk, WORDS[:6])
    with pytest.raises(NotFound):
        redacted(desk)


def test_the_journal_keeps_who_and_why_and_how_long_but_never_what(
    desk: Desk, clock: StillClock
) -> None:
    spread(desk, clock)
    clock.go_on(60)
    redacted(desk)
    entry = show_ticket(desk, "T-26-00001").journal[-1]
    told = {each.field: each.new for each in entry.changes}
    assert (entry.who, entry.at, entry.act) == ("mortiz", clock.at, "redact")
    assert told["reason"] == WHY
    assert told["removed note text"] == f"1 of {len(f'She said {WORDS} twice: {WORDS}.')} signs"


def test_no_undo_brings_words_back(desk: Desk, clock: StillClock, home: Path) -> None:
    spread(desk, clock)
    redacted(desk)
    for number in ("T-26-00001", "T-26-00002"):
        for entry in reversed(show_ticket(desk, number).journal):
            try:
                undo_entry(desk, number, entry.seq)
            except HelpdeskError:
                continue
    unmerged = rows(desk, "SELECT id FROM ticket WHERE status = 'merged'")
    for each in unmerged:
        unmerge_ticket(desk, each["id"])
    desk.port.forget()
    assert found_in(WORDS, home) == []
    verified(desk)


def test_what_stands_on_other_tickets_is_counted_and_goes_when_the_whole_desk_is_meant(
    desk: Desk, home: Path
) -> None:
    for _ in range(2):
        call = start_call(desk)
        add_note_to_call(desk, call, f"about {WORDS}")
        finish_call(desk, call, "resolved")
    assert redacted(desk).elsewhere == 1
    assert redact(desk, "T-26-00002", Sought(WORDS), WHY, "desk").elsewhere == 0
    assert found_in(WORDS, home) == []
    verified(desk)


def test_a_number_goes_as_digits_and_leaves_what_cannot_be_turned_back(
    desk: Desk, home: Path
) -> None:
    call = call_of_dana(desk)
    add_note_to_call(desk, call, f"reach her at {PHONE}")
    finish_call(desk, call, "resolved")
    redacted(desk, PHONE)
    assert found_in(PHONE, home) == found_in("2125550144", home) == []
    on_call, on_record = rows(
        desk, "SELECT phone AS digits FROM call UNION ALL SELECT digits FROM caller_phone"
    )
    assert on_call == on_record
    assert on_call["digits"].startswith("▒")
    verified(desk)


def backed_up(desk: Desk, folder: Path) -> Path:
    """A copy of the database in a folder that is made for it."""
    folder.mkdir()
    backup = folder / "helpdesk-1.db"
    desk.port.backup(backup)
    return backup


def test_older_backups_and_other_files_that_hold_it_are_named(
    desk: Desk, clock: StillClock, home: Path
) -> None:
    spread(desk, clock)
    backup = backed_up(desk, home / "data" / "backups")
    (home / "letter.txt").write_text(f"Dear {WORDS}", encoding="utf-8")
    clock.at = int(backup.stat().st_mtime) + 60
    left = redacted(desk).left
    assert left is not None
    assert (left.backups, left.files) == ((backup,), (home / "letter.txt",))


def test_a_backup_made_in_the_very_second_of_a_redaction_is_named(
    desk: Desk, clock: StillClock, home: Path
) -> None:
    spread(desk, clock)
    backup = backed_up(desk, home / "data" / "backups")
    os.utime(backup, (clock.at + 0.75, clock.at + 0.75))
    left = redacted(desk).left
    assert left is not None
    assert left.backups == (backup,)


def test_backups_in_the_folder_of_the_settings_are_named(
    desk: Desk, clock: StillClock, tmp_path: Path
) -> None:
    spread(desk, clock)
    backup = backed_up(desk, tmp_path / "copies")
    os.utime(backup, (clock.at - 60, clock.at - 60))
    desk.settings = desk.settings._replace(backups_folder=str(backup.parent))
    left = redacted(desk).left
    assert left is not None
    assert left.backups == (backup,)


def test_values_that_were_removed_and_are_put_back_are_a_fault(
    desk: Desk, clock: StillClock
) -> None:
    spread(desk, clock)
    before = rows(desk, "SELECT * FROM journal_value WHERE field = 'text' ORDER BY entry")
    redacted(desk)
    verified(desk)
    put_back = (
        "UPDATE journal_value SET old = ?, new = ?, salt = ? WHERE entry = ? AND field = ?",
        [before[0][name] for name in ("old", "new", "salt", "entry", "field")],
    )
    stamp = desk.stamp()
    desk.port.transact(stamp.op, stamp.at, [put_back])
    finding = next(each for each in examine_database(desk) if each.what == "journal")
    assert "were changed" in finding.said


def test_a_clerk_takes_out_what_oneself_wrote_on_ones_own_call_and_nothing_else(
    home: Path, clock: StillClock
) -> None:
    desk = open_as(home, clock, RVANCE, "clerk")
    call = call_of_dana(desk)
    add_note_to_call(desk, call, f"typed {WORDS}")
    keep_draft(desk, call, f"and {WORDS} ")
    with pytest.raises(NotAllowed, match="ask one of supervisor"):
        redacted(desk)
    redact_own(desk, call, Sought(WORDS), WHY)
    assert found_in(WORDS, home) == []
    verified(desk)
    other = open_as(home, clock, role="clerk")
    add_note_to_call(other, call, "a colleague typed morgenstern")
    with pytest.raises(NotAllowed, match="what others wrote"):
        redact_own(desk, call, Sought("morgenstern"), WHY)
    for each in (desk, other):
        each.close()


def test_what_is_held_stays_until_it_is_released(desk: Desk, clock: StillClock) -> None:
    numbers = spread(desk, clock)
    hold(desk, numbers[1], "Roe v. Roe")
    hold(desk, numbers[0], "Roe v. Roe", caller=True)
    assert {each.said for each in list_holds(desk)} == {"T-26-00002", f"caller {DANA.name}"}
    with pytest.raises(NotAllowed, match="is held since 2026-06-01"):
        redacted(desk)
    release(desk, numbers[1], "settled")
    with pytest.raises(NotAllowed, match="caller Whitfield"):
        redacted(desk)
    release(desk, numbers[0], "settled", caller=True)
    assert redacted(desk).times


def test_too_little_is_refused_and_so_is_a_reason_that_says_it_again(
    desk: Desk, clock: StillClock
) -> None:
    spread(desk, clock)
    with pytest.raises(BadInput, match="at least 3"):
        redacted(desk, "a ")
    with pytest.raises(BadInput, match="The reason holds"):
        redact(desk, "T-26-00001", Sought(WORDS), f"it was {WORDS}")
    with pytest.raises(BadInput, match="Say why"):
        redact(desk, "T-26-00001", Sought(WORDS), " ")
    with pytest.raises(SecretFound):
        redact(desk, "T-26-00001", Sought("password: Hunter2!x"), "her password: Hunter2!x")


def test_a_whole_note_goes_and_a_longer_one_that_begins_alike_stays(desk: Desk) -> None:
    call = call_of_dana(desk)
    add_note_to_call(desk, call, "no")
    add_note_to_call(desk, call, "no pop-ups")
    finish_call(desk, call, "resolved")
    redact(desk, "T-26-00001", Sought("no", whole=True), WHY)
    assert [each.text for each in show_ticket(desk, "T-26-00001").notes] == [
        REDACTED, "no pop-ups"
    ]  # fmt: skip
    verified(desk)


def test_a_note_that_lost_words_goes_as_a_whole_and_one_that_is_out_goes_no_more(
    desk: Desk, home: Path
) -> None:
    call = call_of_dana(desk)
    add_note_to_call(desk, call, f"alphabetic {WORDS} charlemagne")
    finish_call(desk, call, "resolved")
    redacted(desk)
    (note,) = show_ticket(desk, "T-26-00001").notes
    gone = redact(desk, "T-26-00001", Sought(note.text, whole=True), WHY)
    assert gone.times == 2
    (note,) = show_ticket(desk, "T-26-00001").notes
    assert note.text == REDACTED
    assert found_in("alphabetic", home) == found_in("charlemagne", home) == []
    verified(desk)
    with pytest.raises(BadInput, match="taken out already"):
        redact(desk, "T-26-00001", Sought(note.text, whole=True), WHY)
    with pytest.raises(BadInput, match="taken out already"):
        redacted(desk, "▒▒▒ (red")


def test_what_is_left_after_a_kill_is_told_and_overwritten(desk: Desk, home: Path) -> None:
    call = call_of_dana(desk)
    add_note_to_call(desk, call, f"about {WORDS}")
    finish_call(desk, call, "resolved")
    scope = scope_of(desk, rows(desk, "SELECT * FROM ticket")[0], "ticket")
    take_out(desk, scope, Sought(WORDS), ("redact", WHY))  # killed before it was wiped
    assert found_in(WORDS, home)
    told = next(each for each in examine_database(desk) if each.what == "search")
    assert (told.ok, told.way_out) == (False, "helpdesk purge --finish overwrites it.")
    finish_wiping(desk)
    assert found_in(WORDS, home) == []
    verified(desk)


@pytest.mark.parametrize("seed", range(2))
def test_any_words_of_any_history_are_gone_from_every_byte(
    desk: Desk, clock: StillClock, home: Path, seed: int
) -> None:
    fill_demo(desk, 40, days=20, seed=seed)
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    editor = Editor(desk, [row["id"] for row in rows(desk, "SELECT id FROM ticket")], chance)
    for turn in range(60):
        clock.go_on(61)
        with suppress(HelpdeskError):
            editor.edit(turn)
    texts = {
        row["said"]
        for sql in ("SELECT text AS said FROM note", "SELECT name AS said FROM caller",
                    "SELECT email AS said FROM caller", "SELECT digits AS said FROM caller_phone")
        for row in rows(desk, sql)
        # "mortiz 3" of another row, with a salt behind it that begins with 9, is no "mortiz 39".
        if len(row["said"]) > 8 and not row["said"].startswith("mortiz")
    }  # fmt: skip
    for words in chance.sample(sorted(texts), 12):
        if found_in(words, home):  # a part of a longer one may be gone already
            redact(desk, "T-26-00001", Sought(words), WHY, "desk")
            assert found_in(words, home) == []
    verified(desk)
