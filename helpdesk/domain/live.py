"""Which commands of a call work now: those that the screen shows, and lines can be typed for."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.calls import CallView
from helpdesk.domain.playbook import DONT_KNOW, NO, YES
from helpdesk.domain.run_words import RunShown

_ANSWERS: Final = {YES: "answer-yes", NO: "answer-no", DONT_KNOW: "answer-dont-know"}
_FIRST: Final = ("hang-up", "action", "verify", "note", "park")
_FURTHER: Final = (
    "previous-step", "undo", "symptom", "redo", "caller", "history", "continue", "whole-step",
    "letter", "go-on-call",
)  # fmt: skip


def live_on_call(view: CallView | None, shown: RunShown | None, within: int) -> tuple[str, ...]:
    """The commands that work on a call, outside of any box.

    Args:
        view: The call; ``None`` before it was fetched.
        shown: The run; ``None`` before the symptom is chosen.
        within: How far back an earlier ticket counts as the same matter, in seconds.

    Returns:
        Their ids, the most important first.
    """
    step = shown.step if shown else None
    answers = tuple(
        command for answer, command in _ANSWERS.items() if step and step.answer(answer)
    )
    onward = ("next-step",) if shown and shown.goes_on else ()
    old = ("take-old",) if shown and shown.old_answer else ()
    about = {
        "previous-step": bool(shown and shown.behind),
        "whole-step": shown is not None,
        "letter": shown is not None,
        "history": bool(view and view.caller),
        "continue": bool(view and view.continues(within)),
    }
    further = tuple(each for each in _FURTHER if about.get(each, True))
    return (*_FIRST, *answers, *onward, *old, *further)
