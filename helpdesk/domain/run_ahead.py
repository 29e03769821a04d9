"""Where an answer leads, before it is written: the clerk sees the next step at once."""

from __future__ import annotations

from helpdesk.domain.run import Given, Run, StepKey, walk


def run_ahead(run: Run, key: StepKey, answer: str, at: int) -> Run | None:
    """Go on with a run as an answer leads.

    Args:
        run: The run.
        key: The step that is answered.
        answer: The answer's key.
        at: When, in seconds UTC.

    Returns:
        The run as it will be; ``None`` where the step is none of its own, or hands over: which
        version of the other playbook is opened is decided when the answer is written.
    """
    found = run.found(key)
    if found is None or found[1].hand_over:
        return None
    return walk(run.playbook, {**run.given, key: Given(answer, at)}, run.facts)
