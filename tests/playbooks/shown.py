"""What a clerk is shown of a playbook, on any path, for a caller about one court."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from helpdesk.courts import read_courts
from helpdesk.domain.courts import Court
from helpdesk.domain.playbook import DONT_KNOW, NO, YES, FactKind, Playbook, Step
from helpdesk.playbooks.gathering import read_library
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.templates import Circumstances, rendered
from helpdesk.resources import read_text, shipped

NOW: Final = int(datetime(2026, 11, 20, 16, 0, tzinfo=UTC).timestamp())
TODAY: Final = date(2026, 11, 20)
DATA: Final = Path(__file__).parents[1] / "data"
SHIPPED: Final = read_courts(read_text(shipped("data") / "courts.yaml"), "courts.yaml")
NOT_LIVE: Final = read_courts(read_text(DATA / "not-live-court.yaml"), "not-live-court.yaml")
COURTS: Final = {**SHIPPED.courts, **NOT_LIVE.courts}

Facts = Mapping[str, str]


def shipped_playbooks() -> Reading:
    return read_library([shipped("playbooks")])


def shown(playbook: Playbook, facts: Mapping[str, FactKind], court: Court) -> dict[str, str]:
    """Every step that some path reaches, as the clerk sees it."""
    here = Circumstances(NOW, court, court.offices[0], SHIPPED.center)
    return {
        step.id: folded(" ".join(rendered(text, here) for text in texts(step)))
        for step in reached(playbook, facts, court)
    }


def texts(step: Step) -> tuple[str, ...]:
    words = (answer.key for answer in step.choices())
    return tuple(text for text in (step.ask, *words, step.say, step.do, step.why) if text)


def folded(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\u2010", "-").split())


def reached(playbook: Playbook, facts: Mapping[str, FactKind], court: Court) -> Iterator[Step]:
    """Walk every path; what was answered once is not asked again."""
    known = {
        name: value
        for name, kind in facts.items()
        if (value := known_value(kind, court)) is not None
    }
    ahead: list[tuple[str, Facts]] = [(playbook.start, known)]
    seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()
    found: set[str] = set()
    while ahead:
        step_id, learnt = ahead.pop()
        state = (step_id, frozenset(learnt.items()))
        if state in seen:
            continue
        seen.add(state)
        step = playbook.steps[step_id]
        if step_id not in found:
            found.add(step_id)
            yield step
        ahead.extend(exits(step, learnt, facts))


def known_value(kind: FactKind, court: Court) -> str | None:
    if kind.known_from == "court.live":
        return YES if court.is_live(TODAY) else NO
    if kind.known_from:
        return court.settings.get(kind.known_from.removeprefix("setting."), DONT_KNOW)
    return None


def exits(step: Step, known: Facts, facts: Mapping[str, FactKind]) -> Iterator[tuple[str, Facts]]:
    if step.next:
        yield step.next, known
    for answer in step.answers:
        value = step.fact_value(answer.key)
        if step.fact and known.get(step.fact, value) != value:
            continue
        learns = step.fact and (value != DONT_KNOW or facts[step.fact].known_from)
        yield answer.leads_to, ({**known, step.fact: value} if learns else known)
