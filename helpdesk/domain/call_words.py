"""A call as words: who calls, what came before, how they were verified, what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from helpdesk.domain.actions import ActionKind
from helpdesk.domain.calls import CallState, CallView, Done, PastCall
from helpdesk.domain.continuing import PAST, last_called
from helpdesk.domain.phones import shown
from helpdesk.domain.repeats import ordinal
from helpdesk.domain.safe_text import line
from helpdesk.domain.words import PROMISES, counted, moment

Titles = Callable[[str], str]
"""A symptom's slug to its title."""

_LOST: Final = ("nothing can be promised on it", "nobody can take it over")

_STANDS: Final = {"callback": "waits for a callback", "dropped": "stands as before"}
"""How a ticket stands after an outcome whose name does not say it."""


def finished_said(before: CallState, outcome: str, reason: str, echo: str) -> str:
    """What was done when a call was given its outcome.

    Args:
        before: The call as it was before; its clerk may have ended it on another console.
        outcome: How it was to end.
        reason: Why it was referred, or to whom escalated; empty otherwise.
        echo: What is said besides.

    Returns:
        One or two sentences.
    """
    if before.is_over:
        ended = f"{before.number} had ended already, on another console"
        return f"{ended}: “{outcome}” of this one is not recorded."
    told = f"{outcome}{f': {reason}' if reason else ''}"
    number = before.went_on_in or before.number
    if before.is_void:
        return f"{number} was made void meanwhile and stays so; the call ended {told}. {echo}"
    if before.went_on_in:
        stands = _STANDS.get(outcome, f"is {told}")
        return f"{before.number} went on in {before.went_on_in}: that {stands}. {echo}"
    return f"{before.number} {told}. {echo}"


def lost_said(before: CallState, outcome: str) -> str:
    """What became of a promise or an escalation that was written once its ticket was void.

    Args:
        before: The call as it was before.
        outcome: How it ended, one of ``NEEDS_TICKET``.

    Returns:
        One sentence.
    """
    number, lost = before.went_on_in or before.number, _LOST[outcome == "escalated"]
    return f"{number} was made void meanwhile: its call ended {outcome}, but {lost}."


def void_said(number: str, outcome: str) -> str:
    """Why a call cannot end so on a ticket that was made void, and what can be done.

    Args:
        number: The ticket's number.
        outcome: How it was to end, one of ``NEEDS_TICKET``.

    Returns:
        One or two sentences.
    """
    lost = _LOST[outcome == "escalated"]
    return (
        f"{number} was made void meanwhile: {lost}. End the call as resolved or dropped, or have "
        "the voiding taken back first."
    )


def meanwhile_said(view: CallState) -> str:
    """What became of a call's ticket besides what is done on the call.

    Args:
        view: The call.

    Returns:
        Such as ``! T-26-00742 went on in T-26-00702 meanwhile``; empty for nothing.
    """
    if view.went_on_in:
        void = ", which is void" if view.is_void else ""
        return f"! {view.number} went on in {view.went_on_in} meanwhile{void}"
    return f"! {view.number} was made void meanwhile" if view.is_void else ""


def symptom_changed_said(title: str, who: str) -> str:
    """What a colleague made of the symptom while a call goes on.

    Args:
        title: The symptom that it has now; empty for none.
        who: The colleague's login.

    Returns:
        One sentence.
    """
    now = f"The symptom is now {title}" if title else "There is no symptom any more"
    return f"{now}: {who.upper()} changed it."


def nobody_said(view: CallView) -> str:
    """Say of a call back that nobody is recorded to be called, and what records who it is.

    Args:
        view: The call, which has ended.

    Returns:
        One sentence; empty where it is known who called, if only by the number.
    """
    return "" if view.is_told else "Nobody to call is recorded: esc esc, then w records who it is."


def caller_said(view: CallView, *, firm: bool = True) -> str:
    """Who calls, in one line.

    Args:
        view: The call.
        firm: Whether the firm has room.

    Returns:
        Name, numbers, role, bar number, court, and the firm.
    """
    if view.caller is None:
        phone = f"  {shown(view.phone)}" if view.phone else ""
        return f"{'unknown caller' if view.asked_caller else 'not asked yet (w)'}{phone}"
    caller = view.caller
    parts = [
        caller.name or "(no name)",
        " ".join(shown(digits) for digits in caller.phones[:2]),
        caller.role,
        f"bar {caller.bar_number}" if caller.bar_number else "",
        f"{view.court.id.upper()} {view.office.name}",
        caller.firm if firm else "",
    ]
    return "   ".join(line(part) for part in parts if part)


def before_said(view: CallView, now: int, within: int, titles: Titles) -> str:
    """What came before this call; what must be seen begins with ``!``.

    Args:
        view: The call.
        now: The moment, in seconds UTC.
        within: How far back an earlier ticket counts as the same matter, in seconds.
        titles: Says a symptom.

    Returns:
        One line.
    """
    if view.opened_at < view.started_at:
        since = moment(view.opened_at, view.office.zone, now)
        others = _past_said(view, "other ticket")
        return f"! goes on with {view.number} of {since}; {others} (C)"
    continues = view.continues(within)
    if continues is None:
        if view.past:
            return f"{_past_said(view, 'earlier ticket')} (C)"
        return "first call on record" if view.is_told else ""
    if view.repeat.dropped and continues == last_called(view.past):
        nth = "! same contact, the line had dropped"
    elif view.repeat.nth > 1:
        nth = f"! {ordinal(view.repeat.nth)} call in {within // 86_400} days"
    else:
        nth = "! earlier ticket"
    when = moment(continues.called_at, view.office.zone, now)
    last = f"{continues.number} {when} {continues.outcome or continues.status} {continues.clerk}"
    what = titles(continues.symptom) or "no symptom"
    if not view.symptom:
        return f"{nth}, same symptom? {last} (c): {what}"
    same = view.symptom == continues.symptom
    return f"{nth}, {'SAME' if same else 'another'} symptom: {last} (c): {what}"


def _past_said(view: CallView, what: str) -> str:
    """How many tickets there were before, as far as a call fetches them."""
    if len(view.past) < PAST:
        return counted(len(view.past), what)
    return f"{PAST} {what}s or more"


def promised_said(view: CallView, now: int) -> str:
    """What the caller was promised before, the first due first; what is late begins with ``!``.

    Args:
        view: The call.
        now: The moment, in seconds UTC.

    Returns:
        A few words, or nothing.
    """
    before = [
        each
        for each in view.promises
        if each.number != view.number or each.promise.made_at < view.started_at
    ]
    if not before:
        return ""
    first, more = before[0], len(before) - 1
    what, due = PROMISES[first.promise.kind], first.promise.due_at
    when = moment(due, view.office.zone, now)
    told = f"! LATE {what} since {when}" if due < now else f"promised: {what}, due {when}"
    return f"{told}, {first.number}{f', {more} more' if more else ''} (C)"


def continued_said(past: PastCall, zone: str, now: int, titles: Titles) -> str:
    """The ticket that a call may go on with, as a choice.

    Args:
        past: The ticket.
        zone: The zone that times are told in.
        now: The moment, in seconds UTC.
        titles: Says a symptom.

    Returns:
        One line.
    """
    what = titles(past.symptom) if past.symptom else "dropped line"
    when = moment(past.called_at, zone, now)
    return f"continue {past.number}  {what}  {when} {past.clerk} ({past.status})"


def verified_said(
    view: CallView, kinds: Mapping[str, ActionKind], *, counted: bool = False
) -> str:
    """How the caller was verified on this call.

    Args:
        view: The call.
        kinds: The kinds of action.
        counted: Whether there is room only to say how many checks were done.

    Returns:
        One line.
    """
    checks = [
        kinds[each.kind].text
        for each in view.checks
        if each.kind in kinds and kinds[each.kind].menu == "verify"
    ]
    ways = list(dict.fromkeys(checks))
    told = (f"{len(ways)} done" if counted else ", ".join(ways)) if ways else "nothing yet (v)"
    return f"verified: {told}"


def done_said(each: Done, view: CallView, kinds: Mapping[str, ActionKind]) -> str:
    """One thing that was done.

    Args:
        each: The action.
        view: The call.
        kinds: The kinds of action.

    Returns:
        One line: what, with its fields, until when, and by whom.
    """
    kind = kinds.get(each.kind)
    text = kind.text if kind else each.kind
    fields = ", ".join(line(value) for value in each.fields.values())
    until = (
        f", until {moment(each.expires_at, view.office.zone, each.at)}" if each.expires_at else ""
    )
    return f"{text}{f' ({fields}{until})' if fields or until else ''}  {each.clerk}"


def given_said(view: CallView, kind: ActionKind, kinds: Mapping[str, ActionKind], now: int) -> str:
    """Say what was given out on the ticket before, when another way in is to be handed out.

    Args:
        view: The call.
        kind: What is to be recorded.
        kinds: The kinds of action.
        now: The moment, in seconds UTC.

    Returns:
        One sentence about the last password or login that stands; empty when there is none, or
        when nothing of the sort is to be recorded.
    """
    given = [
        each
        for each in view.done
        if not each.struck and each.kind in kinds and kinds[each.kind].credential
    ]
    if not kind.credential or not given:
        return ""
    last, before = given[-1], len(given) - 1
    when = moment(last.at, view.office.zone, now)
    more = f", and {before} before" if before else ""
    return f"Already on this ticket: {kinds[last.kind].text}, {when} by {last.clerk}{more}."
