"""Ways to every state of the console, for tests that look at each of them."""

from __future__ import annotations

from typing import Final

from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.screens.home import HomeScreen
from tests.support.screens import Console, burst

STATES: Final = {
    "home": "",
    "late call": "N",
    "going": "g",
    "tickets": "gt",
    "finding tickets": "/",
    "one ticket": "gt⏎",
    "a query listed": "/ dana ⏎ ⎋",
    "tickets marked": "gt V",
    "many to change": "gt V *",
    "promises": "gb",
    "a ticket's note": "gt⏎ i",
    "what to change": "gt⏎ a",
    "until when it waits": "gt⏎ aw",
    "whose it is to be": "gt⏎ am",
    "finding playbooks": "gp",
    "playbooks": "gp⎋",
    "one playbook": "gp⏎",
    "reports": "gr",
    "a report": "gr2",
    "a picture": "gr7v",
    "a heat map": "gr6",
    "a formula": "gr2?",
    "the period of a report": "gr2p",
    "the spans of a report": "gr7b",
    "incidents": "gi",
    "declaring": "gi o ⏎ ⏎",
    "a playbook tried": "gp li ⏎ t",
    "a hand-over sheet": "H n one ⏎ m j",
    "a note for the shift": "H n",
    "flagged calls": "N 12m ⏎ ⏎ ⎋ hr gf",
    "who looked at whom": "ga",
    "finding callers": "gc",
    "callers": "gc⎋",
    "a caller's card": "gc⏎",
    "changing a caller": "gc⏎a",
    "the same person?": "gc⎋d",
    "help": "?",
    "palette": ":",
    "caller box": "n",
    "new caller": "n ↑ ⏎",
    "symptom box": "n ⏎",
    "no symptom yet": "n ⎋",
    "not sure": "n 0144 ⏎ ⇥",
    "not sure, one question on": "n 0144 ⏎ ⇥ 1",
    "not sure, back at the first question": "n 0144 ⏎ ⇥ 1 2 ⌫⌫",
    "no more questions": "n 0144 ⏎ ⇥ 3",
    "a question": "n 0144 ⏎ li ⏎",
    "something to say": "n 0144 ⏎ li ⏎ yyyn",
    "named answers": "n 0144 ⏎ li ⏎ yyyn ␣ n",
    "the end of a playbook": "n 0144 ⏎ li ⏎ n",
    "an earlier step": "n 0144 ⏎ li ⏎ y ⌫",
    "the whole step": "n 0144 ⏎ li ⏎ k",
    "in writing": "n 0144 ⏎ li ⏎ e",
    "a prompt": "n 0144 ⏎ sc ⏎ n",
    "a prompt left open": "n 0144 ⏎ sc ⏎ n ⎋",
    "about to hand over": "n 0144 ⏎ pd ⏎ n",
    "in another playbook": "n 0144 ⏎ pd ⏎ n ␣",
    "about to come back": "n 0144 ⏎ pd ⏎ n ␣ y",
    "action menu": "n 0144 ⏎ li ⏎ a",
    "verify menu": "n 0144 ⏎ li ⏎ v",
    "a field with choices": "n 0144 ⏎ li ⏎ ar",
    "a field to type": "n 0144 ⏎ li ⏎ ao",
    "delivery": "n 0144 ⏎ pw ⏎ yy vb ve at",
    "password shown": "n 0144 ⏎ pw ⏎ yy vb ve at ⏎",
    "note": "n 0144 ⏎ li ⏎ i",
    "a note refused": "n 0144 ⏎ li ⏎ i ssn␣123-45-6789 ⏎",
    "a card over a call": "n 0144 ⏎ li ⏎ C",
    "where to": "n 0144 ⏎ li ⏎ g",
    "tickets over a call": "n 0144 ⏎ li ⏎ gt",
    "ending": "n 0144 ⏎ li ⏎ h",
    "until": "n 0144 ⏎ li ⏎ hw",
    "escalating": "n 0144 ⏎ li ⏎ he",
    "reasons": "n 0144 ⏎ li ⏎ hx",
    "note after hanging up": "n 0144 ⏎ li ⏎ hi",
}
"""The keys that lead from home to each state, on a desk that knows Dana Whitfield."""


async def walk(console: Console, state: str) -> DeskScreen:
    """Go to a state, from wherever the console stands.

    Args:
        console: The console.
        state: Its name.

    Returns:
        The screen then on top.
    """
    app = console.app
    while not isinstance(app.screen, HomeScreen):
        if isinstance(app.screen, CallScreen):
            await app.screen.leave_call("")
        else:
            await app.pop_screen()
    app.screen.GOING = False
    await burst(console, STATES[state])
    screen = app.screen
    assert isinstance(screen, DeskScreen)
    return screen
