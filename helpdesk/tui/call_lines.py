"""The other panes of a call: who calls, what is wrong, what was done, what came before."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.content import Content

from helpdesk.domain.actions import ActionKind
from helpdesk.domain.call_words import (
    Titles,
    before_said,
    caller_said,
    done_said,
    meanwhile_said,
    promised_said,
    verified_said,
)
from helpdesk.domain.calls import CallView
from helpdesk.domain.home import HomeView
from helpdesk.domain.safe_text import line
from helpdesk.domain.tickets import TicketRow
from helpdesk.tui.words import STATUS_SIGNS, fitted, moment, promise_words, time_of_day


def caller_lines(
    view: CallView,
    now: int,
    repeat_within: int,
    kinds: Mapping[str, ActionKind],
    titles: Titles,
    width: int,
) -> list[Content]:
    """Who calls, in three lines: the person, what came before, what was promised and verified.

    What became of the ticket meanwhile comes first in the second line, which always stands.

    Args:
        view: The call.
        now: The moment, in seconds UTC.
        repeat_within: How far back an earlier ticket counts as the same matter, in seconds.
        kinds: The kinds of action.
        titles: Says a symptom.
        width: Cells to a line; the firm is the first to give way.

    Returns:
        Three lines.
    """
    before, who = before_said(view, now, repeat_within, titles), caller_said(view)
    if meanwhile := meanwhile_said(view):
        before = f"{meanwhile}   {before.removeprefix('! ')}"
    if cell_len(who) > width:
        who = caller_said(view, firm=False)
    last = verified_said(view, kinds)
    if promised := promised_said(view, now):
        last = f"{promised}   {last}"
        if cell_len(last) > width:
            last = f"{promised}   {verified_said(view, kinds, counted=True)}"
    return [
        Content.styled(fitted(who, width), "bold"),
        Content.styled(fitted(before, width), "$text-warning" if before.startswith("!") else ""),
        Content.styled(fitted(last, width), "$text-warning" if last.startswith("!") else ""),
    ]


def password_lines(password: str, until: str, delivery: str, told: str) -> list[Content]:
    """A temporary password with all that must be said about it.

    Args:
        password: The password.
        until: Until when it holds.
        delivery: How it is given to the caller.
        told: What the caller is told.

    Returns:
        Three lines.
    """
    shown = Content.assemble(
        " TEMPORARY PASSWORD   ",
        (password, "bold reverse"),
        f"   holds until {until}   esc hides it",
    )
    how = f" Type it into CM/ECF. Give it only by: {line(delivery)}. It is kept nowhere."
    return [shown, Content(how), Content(f" {line(told)}")]


def symptom_line(view: CallView, titles: Titles) -> str:
    """What is wrong, in one line."""
    return titles(view.symptom) if view.symptom else "not chosen yet (s)"


def done_lines(
    view: CallView, kinds: Mapping[str, ActionKind], width: int, height: int
) -> list[Content]:
    """What was done on the ticket, the newest last, and how many lines did not fit.

    Args:
        view: The call.
        kinds: The kinds of action.
        width: Cells to a line.
        height: Lines there are.

    Returns:
        The lines.
    """
    zone = view.office.zone
    told = [(each.at, done_said(each, view, kinds), each.struck) for each in view.done]
    told += [(each.at, f"note: {line(each.text)}", each.struck) for each in view.notes]
    told.sort(key=lambda each: each[0])
    lines = [
        Content.styled(
            fitted(
                f"{time_of_day(at, zone)}  {'struck, in error: ' * struck}{text}",
                width,
            ),
            "$foreground-muted" if struck else "",
        )
        for at, text, struck in told
    ]
    return _newest(lines, height, "nothing yet: a action, v verify, i note")


def past_lines(view: CallView, now: int, titles: Titles, width: int, height: int) -> list[Content]:
    """The caller's earlier tickets, newest first, as far as there is room."""
    lines, zone = [], view.office.zone
    for each in view.past:
        sign = STATUS_SIGNS.get(each.status, " ")
        what = titles(each.symptom) if each.symptom else "no symptom"
        when = moment(each.opened_at, zone, now)
        lines.append(Content(fitted(f"{sign} {when:<10} {each.number[5:]} {what}", width)))
        said = dict.fromkeys(filter(None, (each.status, each.outcome)))  # often one word for both
        told = f"    {', '.join(said)}  {each.clerk}"
        lines.append(Content.styled(fitted(line(told), width), "$foreground-muted"))
    return _with_rest(lines, height, "No earlier call." if view.is_told else "")


def waiting_lines(home: HomeView, now: int, zone: str, width: int, height: int) -> list[Content]:
    """Parked calls and promises due.

    Args:
        home: What goes on at the desk.
        now: The moment, in seconds UTC.
        zone: The zone that times are told in.
        width: Cells to a line.
        height: Lines there are.

    Returns:
        The lines.
    """
    lines = [
        Content.styled(
            fitted(f"P {each.number[5:]} {line(each.caller) or 'unknown'}  on hold", width), "bold"
        )
        for each in home.running
        if each.parked and each.mine
    ]
    for each in home.promises:
        sign, what = promise_words(each, now)
        text = f"{sign or ' '} {moment(each.due_at, zone, now)} "
        text += f"{what} {each.caller or 'unknown'} {each.number[5:]}"
        lines.append(Content.styled(fitted(line(text), width), "$text-warning" if sign else ""))
    return _with_rest(lines, height, "Nothing parked, nothing promised today.")


def today_lines(
    tickets: tuple[TicketRow, ...], this: int, titles: Titles, width: int, height: int
) -> list[Content]:
    """Tickets of today that are still open.

    Args:
        tickets: The tickets, newest first.
        this: The ticket on the screen, which is marked.
        titles: Says a symptom.
        width: Cells to a line.
        height: Lines there are.

    Returns:
        The lines.
    """
    lines = []
    for each in tickets:
        mark = "*" if each.id == this else STATUS_SIGNS.get(each.status, " ")
        text = f"{mark} {each.number[5:]} {time_of_day(each.opened_at, each.zone)} "
        text += f"{each.court.upper():<5}{fitted(each.caller or 'unknown', 12)} "
        lines.append(Content(fitted(line(text + (titles(each.symptom) or "-")), width)))
    return _with_rest(lines, height, "No ticket of today is open.")


def _with_rest(lines: list[Content], height: int, nothing: str) -> list[Content]:
    """The lines that fit, and how many more there are."""
    if not lines:
        return [Content.styled(nothing, "$foreground-muted")]
    if len(lines) <= height:
        return lines
    more = len(lines) - height + 1
    return [*lines[: height - 1], Content.styled(f"{more} more", "$foreground-muted")]


def timeline_lines(
    view: CallView, kinds: Mapping[str, ActionKind], width: int, height: int
) -> list[Content]:
    """What happened on this call, the newest last."""
    zone = view.office.zone
    told = [(view.started_at, "call in")]
    if view.run is not None:
        told += [
            (passed.at, f"{passed.step.id}: {passed.answer}")
            for passed in view.run.passed
            if passed.at is not None
        ]
    told += [(each.at, done_said(each, view, kinds)) for each in view.done]
    told += [(each.at, f"note: {line(each.text)}") for each in view.notes]
    told.sort(key=lambda each: each[0])
    lines = [Content(fitted(f"{time_of_day(at, zone)}  {line(text)}", width)) for at, text in told]
    return _newest(lines, height, "")


def _newest(lines: list[Content], height: int, nothing: str) -> list[Content]:
    """The last lines that fit, and how many stand before them."""
    if not lines:
        return [Content.styled(nothing, "$foreground-muted")]
    if len(lines) <= height:
        return lines
    older = len(lines) - height + 1
    return [Content.styled(f"{older} earlier", "$foreground-muted"), *lines[older:]]
