"""Ways to every state of the console, for tests that look at each of them."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    "home": "",
    "late call": "N",
    "going": "g",
    "tickets": "gt",
    "finding tickets": "/",
    "one ticket": "gt⏎",
    "finding playbooks": "gp",
    "playbooks": "gp⎋",
    "one playbook": "gp⏎",
    "help": "?",
    "palette": ":",
    "caller box": "n",
    "new caller": "n 0199 ⏎",
    "symptom box": "n ⏎",
    "no symptom yet": "n ⎋",
    "a question": "n 0144 ⏎ li ⏎",
    "something to say": "n 0144 ⏎ li ⏎ yyyn",
    "named answers": "n 0144 ⏎ li ⏎ yyyn ␣ n",
    "the end of a playbook": "n 0144 ⏎ li ⏎ n",
    "an earlier step": "n 0144 ⏎ li ⏎ y ⌫",
    "the whole step": "n 0144 ⏎ li ⏎ k",
    "action menu": "n 0144 ⏎ li ⏎ a",
    "verify menu": "n 0144 ⏎ li ⏎ v",
    "a field with choices": "n 0144 ⏎ li ⏎ ar",
    "a field to type": "n 0144 ⏎ li ⏎ ao",
    "delivery": "n 0144 ⏎ pw ⏎ yy vb ve at",
    "password shown": "n 0144 ⏎ pw ⏎ yy vb ve at ⏎",
    "note": "n 0144 ⏎ li ⏎ i",
    "history": "n 0144 ⏎ li ⏎ C",
    "where to": "n 0144 ⏎ li ⏎ g",
    "tickets over a call": "n 0144 ⏎ li ⏎ gt",
    "ending": "n 0144 ⏎ li ⏎ h",
    "until": "n 0144 ⏎ li ⏎ hw",
    "escalating": "n 0144 ⏎ li ⏎ he",
    "reasons": "n 0144 ⏎ li ⏎ hx",
    "note after hanging up": "n 0144 ⏎ li ⏎ hi",
}
"""The keys that lead from home to each state, on a desk that knows Dana Whitfield."""
