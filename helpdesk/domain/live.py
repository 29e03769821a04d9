"""Which commands of a call work now: those that the screen shows, and lines can be typed for."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.calls import CallView
from helpdesk.domain.incidents import Incident
from helpdesk.domain.playbook import DONT_KNOW, NO, YES
from helpdesk.domain.run_words import RunShown

_ANSWERS: Final = {YES: "answer-yes", NO: "answer-no", DONT_KNOW: "answer-dont-know"}
_FIRST: Final = ("hang-up", "action", "verify", "note", "park")
_FURTHER: Final = (
    "previous-step", "undo", "symptom", "redo", "caller", "history", "continue", "whole-step",
    "letter", "go-on-call", "incident", "take-out",
)  # fmt: skip


def known_incident(view: CallView) -> Incident | None:
    """The incident that runs for a call's symptom at its court.

    Args:
        view: The call.

    Returns:
        The incident, or ``None``.
    """
    return next((each for each in view.incidents if each.symptom == view.symptom), None)


def live_on_call(
    view: CallView | None, shown: RunShown | None, within: int, *, declares: bool, asks: bool
) -> tuple[str, ...]:
    """The commands that work on a call, outside of any box.

    Args:
        view: The call; ``None`` before it was fetched.
        shown: The run; ``None`` where no step is shown.
        within: How far back an earlier ticket counts as the same matter, in seconds.
        declares: Whether the clerk may declare an incident.
        asks: Whether the step asks for something that nobody has filled in.

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
    out = ("incident",) if view and _is_out(view, declares) else ()
    further = tuple(each for each in _FURTHER if about.get(each, True) and each not in out)
    fill = ("fill-in",) if asks else ()  # both stand first where they are wanted
    return (*out, *fill, *_FIRST, *answers, *onward, *old, *further)


def _is_out(view: CallView, declares: bool) -> bool:
    """Whether something is out that the clerk may tie the call to, and has not yet."""
    return view.incident is None and bool(known_incident(view) or (declares and view.unusual))
