"""Small playbook folders for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from helpdesk.playbooks.checking import check
from helpdesk.playbooks.gathering import read_library

TOP: Final = """\
title: Cannot sign in
theme: getting-in
owner: court
phase: both
codes: [ab]
phrases: [cannot sign in]
start: ask
"""
"""Seven lines; the steps of a test begin on the eighth."""

OTHER_TOP: Final = TOP.replace("[ab]", "[cd]").replace("cannot sign in", "another thing")
"""The same of another playbook."""

STEPS: Final = """\
steps:
  ask:
    ask: Is it live?
    answers: {yes: end, no: end}
  end:
    say: Good.
    outcome: resolved
"""

DECLARED: Final = {
    "facts.yaml": "linked:\n  text: Linked\nlive:\n  text: Live\n  from: court.live\n"
    "later:\n  text: May pay later\n  from: setting.pay-later\n"
    "wants:\n  text: What is wanted\n  choices: [file, view]\n",
    "actions.yaml": "sent:\n  key: e\n  text: Instructions sent\n",
    "referrals.yaml": "pacer-login:\n  text: PACER login\n  to: PACER <psc.phone>\n",
}


ONE: Final = TOP + STEPS
CLEAR: Final = """\
clear:
  start: wipe
  steps:
    wipe: {say: Clear it., next: look}
    look: {say: Look again., next: return}
"""
INCLUDES: Final = OTHER_TOP.replace("start: ask", "start: check") + (
    "steps:\n  check: {include: clear, next: end}\n  end: {say: Good., outcome: resolved}\n"
)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def linted(folder: Path, files: dict[str, str]) -> list[str]:
    """What the linter says of a folder, each fault with its place in it."""
    reading = read_library([write(folder, {**DECLARED, **files})], broken_too=True)
    return [str(fault).removeprefix(f"{folder}/") for fault in check(reading)]


def linted_steps(folder: Path, steps: str) -> list[str]:
    """What the linter says of one playbook whose steps begin at line 8."""
    return linted(folder, {"a/one.yaml": TOP + steps})
