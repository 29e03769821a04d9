"""Every command of the console with its key, and where each works.

The footer, the help, the palette and the README are made from this table, so that they
cannot disagree.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Command(NamedTuple):
    """Something a key does."""

    id: str
    """Its name in the settings; ``do_ID`` is the method that does it."""

    key: str
    """Its key as Textual names it."""

    label: str
    """One or two words for the footer; empty for what needs no telling there."""

    what: str
    """What it does, for the help and the palette."""

    where: str
    """Where it works: two commands of one place never share a key."""


def _everywhere(*rows: tuple[str, str, str, str]) -> tuple[Command, ...]:
    return tuple(Command(*row, "everywhere") for row in rows)


def _place(where: str, *rows: tuple[str, str, str, str]) -> tuple[Command, ...]:
    return tuple(Command(*row, where) for row in rows)


PLACES: Final = {
    "t": "tickets",
    "c": "callers",
    "b": "promises",
    "i": "incidents",
    "f": "flagged calls",
    "p": "playbooks",
    "w": "wallboard",
    "r": "reports",
    "a": "access journal",
    "h": "home",
}
"""Where ``g`` and a second key lead."""

PLACES_FOR: Final = {"f": "history", "a": "access"}
"""The permission for places that not everybody is led to, and nobody from a call."""


def places_said() -> str:
    """Where ``g`` leads, in a line."""
    return ", ".join(f"{place} ({key})" for key, place in PLACES.items())


COMMANDS: Final = (
    *_everywhere(
        ("help", "question_mark", "help", "Show every key that works here"),
        ("palette", "colon", "commands", "Choose a command by its name"),
        ("palette-too", "ctrl+p", "", "Choose a command by its name, also from a box"),
        ("lock", "ctrl+l", "", "Lock the console until the passcode is typed; a call goes on"),
        ("quit", "ctrl+q", "", "Leave the console; a call is parked first"),
        ("quit-too", "ctrl+c", "", "The same"),
    ),
    *_place(
        "off a call",
        ("new-call", "n", "NEW CALL", "Begin a call: the clock runs at once"),
        ("late-call", "N", "late", "Begin a call that rang some minutes ago"),
        ("unpark", "P", "back to parked", "Go back to the call that was parked last"),
        ("go", "g", "go", f"Go to {places_said()}"),
        ("hand-over", "H", "hand-over", "What one shift hands over to the next"),
        ("find", "slash", "find", "Find tickets by words"),
        ("call-back", "b", "call back", "Call back: a call of ours on this ticket"),
        ("ticket-note", "i", "note", "Write a note on this ticket"),
        ("change", "a", "change", "Change what is on record: correct, merge, status, owner"),
        ("declare-incident", "o", "declare", "Declare an incident: what callers are told"),
        ("end-incident", "x", "it is over", "End an incident: who was promised to hear is due"),
        ("take-back", "u", "undo", "Take back what you did last, on whatever ticket"),
        ("do-again", "U", "", "Do again what was taken back"),
        ("alike", "d", "same person?", "Review callers who may be the same person"),
        ("merge-callers", "m", "merge", "Both are one person: choose who stays"),
        ("keep-apart", "s", "two people", "They are two people: not suggested again"),
        ("try", "t", "try", "Walk the playbook with a made-up caller"),
        ("leave", "q", "quit", "Leave the console"),
        ("back", "escape", "back", "Go back one screen"),
        ("down", "j", "", "One row down"),
        ("down-too", "down", "", "One row down"),
        ("up", "k", "", "One row up"),
        ("up-too", "up", "", "One row up"),
        ("page-down", "pagedown", "", "One page down"),
        ("page-up", "pageup", "", "One page up"),
        ("first", "home", "", "To the first row"),
        ("last", "end", "", "To the last row"),
        ("mark", "v", "mark", "Mark the chosen ticket, or take the mark off"),
        ("mark-all", "V", "", "Mark every ticket of the query, or take all marks off"),
        ("bulk", "asterisk", "change all", "Change every marked ticket, or all that are listed"),
        ("save-view", "S", "save view", "Save the query as a view; digits open views"),
        ("open", "enter", "open", "Open the chosen row"),
        ("hung-up", "h", "it ended", "For a call left behind: it ended at its last sign of life"),
    ),
    *_place(
        "on a sheet",
        ("take-line", "space", "take", "Take a line over; space again gives one's own back"),
        ("shift-note", "n", "note", "Write a note for the next shift"),
        ("make-sheet", "m", "HAND OVER", "Make the sheet: all that is open now, line by line"),
        ("export-sheet", "e", "export", "The sheet as a text, for the clipboard or in a file"),
        ("reviewed", "r", "reviewed", "Mark a flagged call reviewed, with a line of text"),
    ),
    *_place(
        "on a report",
        ("picture", "v", "picture", "The picture of the report, or its table again"),
        ("formula", "question_mark", "formula", "The figure's formula in words; ? again: keys"),
        ("of-period", "p", "period", "Choose the period, as in a query: last-month, 2026-05"),
        ("of-court", "c", "court", "Choose the court and office"),
        ("of-clerk", "w", "clerk", "Choose the clerk"),
        ("of-symptom", "s", "symptom", "Choose the symptom"),
        ("of-tickets", "f", "filter", "Only calls of the tickets of a query"),
        ("as-of", "t", "as of", "As it was known at a past moment"),
        ("by-span", "b", "span", "The spans of a trend, or by what callers are told apart"),
        ("ask-again", "r", "again", "Ask again, as of now"),
        (
            "save-report",
            "e",
            "save",
            "Save the report as a workbook, CSV, JSON or a page to print",
        ),
        ("left", "left", "", "One column to the left"),
        ("right", "right", "", "One column to the right"),
    ),
    *_place(
        "on a call",
        ("answer-yes", "y", "yes", "Answer yes"),
        ("answer-no", "n", "no", "Answer no"),
        ("answer-dont-know", "d", "don't know", "Answer: the caller does not know"),
        ("next-step", "space", "next", "Said or done: go on"),
        ("take-old", "enter", "old", "Answer as the caller did on an earlier ticket"),
        ("previous-step", "backspace", "back", "Go back to the step before, to change its answer"),
        ("action", "a", "action", "Record something that was done"),
        ("verify", "v", "verify", "Record an identity check"),
        ("note", "i", "note", "Type a note"),
        ("symptom", "s", "symptom", "Choose the symptom, or another one"),
        ("caller", "w", "who", "Say who calls, or correct it"),
        ("history", "C", "card", "The caller's card: tickets, promises, what was told"),
        ("continue", "c", "continue", "Go on with the ticket that the call is likeliest about"),
        (
            "whole-step",
            "k",
            "more",
            "Read the whole step, and what must never be said",
        ),
        ("fill-in", "f", "fill in", "Fill in what the step asks for and was left open"),
        ("letter", "e", "mail", "The steps in writing: an e-mail or a note"),
        ("incident", "o", "incident", "Attach the call to an incident that runs, or declare one"),
        ("park", "p", "park", "Put the caller on hold and the call aside"),
        ("go-on-call", "g", "go", "Look at tickets or playbooks; Escape comes back"),
        ("undo", "u", "undo", "Take back what you did last on this call"),
        ("redo", "U", "", "Do again what was taken back"),
        ("take-out", "R", "", "Take out for good what you wrote on this call"),
        ("hang-up", "h", "HANG UP", "The caller hung up: the outcome is asked"),
        ("hide", "escape", "", "Hide the temporary password"),
    ),
    *_place(
        "in a box",
        ("accept", "enter", "accept", "Take what stands in the box or the chosen row"),
        ("box-leave", "escape", "leave", "Leave the box; what was typed stays"),
        ("box-next", "tab", "next field", "To the next field"),
        ("not-sure", "tab", "NOT SURE", "Find the playbook by a few questions"),
        ("box-before", "shift+tab", "", "To the field before"),
        ("box-down", "down", "", "One row down in the list"),
        ("box-up", "up", "", "One row up in the list"),
        ("box-page-down", "pagedown", "", "One page down in the list"),
        ("box-page-up", "pageup", "", "One page up in the list"),
        ("blank", "ctrl+x", "blank the secret", "Put dots in place of what must not be saved"),
    ),
    *_place(
        "at the end of a call",
        ("resolved", "r", "resolved", "The matter is settled"),
        ("waiting", "w", "waiting until", "It waits until a time"),
        ("callback", "b", "call back at", "You promised to call back"),
        ("escalated", "e", "escalate to", "Somebody else must take it"),
        ("referred", "x", "not ours", "Send the caller to somebody else, with the reason"),
        ("dropped", "d", "dropped", "The line dropped, or it was a wrong number"),
        ("resume", "escape", "still talking", "Go back to the call"),
        ("hang-up-again", "h", "", "Pressed twice does no harm"),
    ),
    *_place(
        "in a menu",
        ("menu-leave", "escape", "leave", "Close the menu"),
        ("menu-accept", "enter", "take", "Take the chosen row"),
        ("question-back", "backspace", "back", "Ask the question before again"),
    ),
)
"""Every command."""

AFTER_HANG_UP: Final = ("note", "action", "undo", "redo")
"""Commands of a call that still work at its end."""
