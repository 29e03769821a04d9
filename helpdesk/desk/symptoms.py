"""Finding the symptom: playbooks ranked for what was typed, and what was typed kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk
from helpdesk.desk.outages import unusual_now
from helpdesk.domain.calls import CallState, CallView
from helpdesk.domain.periods import Period
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tables import Cell, Table
from helpdesk.domain.tickets import number_said
from helpdesk.domain.whens import iso_local, said_in
from helpdesk.playbooks.finding import Found, Hint, ordered_by_hints
from helpdesk.store.symptoms import add_phrase, count_phrases, count_symptoms, find_missed

_HOURS: Final = 4 * 3_600
_DAYS: Final = 30 * 86_400
_LEAST_CALLS: Final = 2
_CAME_IN: Final = 0.15
_CALLED_BEFORE: Final = 0.25
_UNUSUAL: Final = 0.3
_INCIDENT: Final = 0.35
_LETTERS, _DIGITS = 3, 3  # at least and at most, of a text that is kept because it found nothing

MISSED: Final = ("typed", "ranked_first", "chosen", "now", "ticket", "at_local")
"""The columns of the report of phrases that led astray."""


@act("read")
def rank_symptoms(
    desk: Desk, typed: str, hints: Mapping[str, Hint] | None = None
) -> tuple[Found, ...]:
    """Rank the playbooks for what stands in the symptom box.

    Args:
        desk: The desk.
        typed: A code, a few words, or whatever the caller says.
        hints: What the desk knows; orders only what follows the first.

    Returns:
        The playbooks that fit, best first; all of them for nothing typed.
    """
    found = desk.finder.find(typed)
    if not hints:
        return found
    if typed.strip():
        return ordered_by_hints(found, hints)
    ahead = sorted(
        (each for each in found if each.slug in hints), key=lambda each: -hints[each.slug].weight
    )
    return ordered_by_hints((*ahead, *(each for each in found if each.slug not in hints)), hints)


def symptom_hints(desk: Desk, view: CallView) -> dict[str, Hint]:
    """What the desk knows that speaks for a symptom: what comes in, and this caller's tickets.

    An incident that runs, or more calls than usual, is said with a ``!``.

    Args:
        desk: The desk.
        view: The call.

    Returns:
        By symptom; the same for the whole call when it is asked once.
    """
    desk.require("read")
    counted = count_symptoms(desk.port, view.court.id, view.started_at - _HOURS, view.call)
    hints = {
        slug: Hint(_CAME_IN, f"{many} calls here in 4 hours")
        for slug, many in counted.items()
        if many >= _LEAST_CALLS
    }
    for past in reversed(view.past):
        if past.symptom and view.started_at - past.opened_at <= _DAYS:
            when = said_in(past.opened_at, view.office.zone)
            hints[past.symptom] = Hint(_CALLED_BEFORE, f"this caller, {when}")
    for slug, unusual in unusual_now(desk, view.court.id, view.call).items():
        hints[slug] = Hint(_UNUSUAL, f"! unusual: {unusual.said()}")
    for incident in view.incidents:
        hints[incident.symptom] = Hint(_INCIDENT, f"! INCIDENT {incident.n}: {incident.line}")
    return hints


def remember_given_up(given_up: list[str], typed: str) -> None:
    """Keep in mind what was typed and found nothing, as far as it was typed.

    Letter by letter the guard sees no secret before it is whole: no half of one is kept.

    Args:
        given_up: What is kept in mind; it grows.
        typed: What was typed.
    """
    from helpdesk.domain.guard import safe_to_save  # noqa: PLC0415 - 4 ms, and seldom wanted

    said = safe_to_save(f"{typed} ").strip()
    if sum(map(str.isalpha, said)) < _LETTERS or sum(map(str.isdigit, said)) > _DIGITS:
        return
    if given_up and said.startswith(given_up[-1]):
        given_up[-1] = said
    elif not (given_up and given_up[-1].startswith(said)):
        given_up.append(said)


def keep_phrases(
    batch: Batch, view: CallState, chosen: str, typed: str, given_up: Sequence[str]
) -> None:
    """Keep what was typed to find a playbook; a code is no phrase.

    Args:
        batch: The batch of the act that chooses.
        view: The call.
        chosen: The playbook that was chosen.
        typed: What was typed for it.
        given_up: What was typed before that, and found nothing.
    """
    texts = [(text, None) for text in given_up] + [(typed, chosen)]
    for text, choice in texts:
        words = " ".join(storable(text).split())
        if words and not (finder := batch.desk.finder).is_code(words):
            found = finder.find(words)
            first = found[0].slug if found else None
            batch.write(
                add_phrase(
                    batch.new_id(), view.ticket, view.call, words, (first, choice),
                    batch.stamp.at, batch.stamp.clerk,
                )
            )  # fmt: skip


@act("figures")
def missed_phrases(desk: Desk, period: Period, court: str = "") -> Table:
    """The phrases that found nothing, or after which another playbook was chosen.

    Args:
        desk: The desk.
        period: The period.
        court: The court's id; empty for all.

    Returns:
        The table, newest first, with how many phrases there were in all.

    Raises:
        NotFound: When there is no such court.
    """
    only = desk.court(court).id if court else ""
    rows: list[tuple[Cell, ...]] = [
        (
            row["text"], row["first"], row["chosen"], row["symptom"],
            number_said(row["year"], row["n"]), iso_local(row["at"], row["zone"]),
        )
        for row in find_missed(desk.port, period.start, period.end, only).dicts()
    ]  # fmt: skip
    every = count_phrases(desk.port, period.start, period.end, only)
    return Table(
        title="Phrases that led astray",
        columns=MISSED,
        rows=tuple(rows),
        header=(
            "Phrases that led astray",
            f"{period} ({period.zone})",
            f"court: {only or 'all'}",
        ),
        footer=(f"{len(rows)} of {every} phrases found nothing or not what was chosen",),
    )
