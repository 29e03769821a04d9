"""The playbook pane: whatever a step says, its answers are seen in the smallest layout."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.desk.speaking import said
from helpdesk.domain.playbook import DONE, Playbook, Step
from helpdesk.domain.run import Given
from helpdesk.domain.run_words import RunShown
from helpdesk.domain.walk import walk
from helpdesk.tui.playbook_lines import playbook_lines

ROOM = (80, 9)
"""Cells and lines of the pane at 80x24."""

LESS_ROOM = (80, 6)
"""The same while a temporary password is shown or a note is typed."""


@pytest.mark.parametrize("room", [ROOM, LESS_ROOM], ids=["at rest", "squeezed"])
def test_every_answer_of_every_shipped_step_is_seen_with_its_key(
    desk: Desk, room: tuple[int, int]
) -> None:
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    width, height = room
    seen = 0
    for book in desk.library.playbooks.values():
        run = walk(book, {}, {})
        for step in book.steps.values():
            shown = RunShown(
                run, 1, 0, lambda text: said(desk, text), looking_at=(book.slug, step.id)
            )
            lines = [line.plain for line in playbook_lines(shown, width, height)]
            drawn = "\n".join(lines)
            assert len(lines) <= height, (book.slug, step.id)
            assert all(cell_len(line) <= width for line in lines), (book.slug, step.id)
            keys = {"yes": "y", "no": "n", "dont-know": "d"}
            numbers = {each.key: str(n) for n, each in enumerate(step.choices(), 1)}
            for answer in step.answers:
                key = keys.get(answer.key) or numbers[answer.key]
                told = f"[{key}]" in drawn or (room == LESS_ROOM and "k: the whole" in drawn)
                assert told, f"{book.slug}, {step.id}: {answer.key}\n{drawn}"
                seen += 1
    assert seen > 500


@pytest.mark.parametrize("passed", [0, 250, 499])
def test_of_a_playbook_with_hundreds_of_steps_only_the_lines_that_are_seen_are_made(
    passed: int,
) -> None:
    steps = {f"s{n}": Step(f"s{n}", say=f"word {n}", next=f"s{n + 1}") for n in range(500)}
    book = Playbook("long", "A long walk", "lists", "court", "both", (), (), "s0", steps)
    run = walk(book, {("long", f"s{n}"): Given(DONE, n) for n in range(passed)}, {})
    made: list[str] = []

    def say(text: str) -> str:
        made.append(text)
        return text

    width, height = 80, 30
    lines = [each.plain for each in playbook_lines(RunShown(run, 1, 0, say), width, height)]
    assert len(lines) == height
    assert "step " + str(passed + 1) + " of about 500" in lines[0]
    assert len(made) <= height + 1
