"""Puts what courts have of their own over the shared playbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from helpdesk.domain.playbook import Playbook
from helpdesk.errors import BadFile
from helpdesk.playbooks.checking_steps import check_led, check_passages
from helpdesk.playbooks.including import resolve
from helpdesk.playbooks.library import Library
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.overriding import (
    PASSAGES,
    court_files,
    overridden_passages,
    overridden_playbook,
    replaced,
)
from helpdesk.playbooks.reading import Passage, RawPlaybook


def read_courts_own(
    reading: Reading,
    folders: Iterable[Path],
    passages: Mapping[str, Passage],
    before: Library | None,
) -> dict[str, dict[str, Playbook]]:
    """Read what is different at each court.

    Args:
        reading: The shared playbooks as they were read; gets the courts' files, their faults
            and what they replace.
        folders: The playbook folders, the one that wins last.
        passages: The shared passages by name.
        before: What was read of the same folders before, for files that are broken now;
            ``None`` to take a broken file as it stands.

    Returns:
        For each court its own playbooks by slug; only those that differ from the shared ones.
    """
    found: dict[str, dict[str, Playbook]] = {}
    for court, files in court_files(folders).items():
        own = _playbooks_of(reading, court, files, passages, before)
        if own:
            found[court] = own
    return found


def _playbooks_of(
    reading: Reading,
    court: str,
    files: Mapping[str, Path],
    passages: Mapping[str, Passage],
    before: Library | None,
) -> dict[str, Playbook]:
    good = before.at_courts.get(court, {}) if before else {}
    own_passages = _passages_of(reading, court, files.get(PASSAGES), passages, before)
    there = {**passages, **(own_passages or {})}
    raws: dict[str, RawPlaybook] = {}
    unusable: set[str] = set()
    for path in files.values():
        if path.name == PASSAGES or path.stem in reading.hidden:
            continue
        if raw := _raw_of(reading, court, path, before):
            raws[path.stem] = raw
        else:
            unusable.add(path.stem)
    kept = {
        slug: book
        for slug, book in good.items()
        if slug in reading.slugs
        and (slug in unusable or own_passages is None or slug not in reading.raw)
    }
    own: dict[str, Playbook] = {}
    for slug, shared in reading.raw.items():
        if slug in kept or (slug not in raws and there == passages):
            continue
        raw = raws.get(slug, shared)
        playbook, origins = resolve(raw, there)
        if before and reading.is_broken(raw, origins):
            own |= {slug: good[slug]} if slug in good else {}
        elif slug in raws or playbook != resolve(shared, passages)[0]:
            own[slug] = playbook
            reading.court_origins[court, slug] = origins
    return own | kept


def _passages_of(
    reading: Reading,
    court: str,
    path: Path | None,
    passages: Mapping[str, Passage],
    before: Library | None,
) -> dict[str, Passage] | None:
    """A court's own passages; ``None`` when its file cannot be used."""
    if path is None:
        return {}
    try:
        own, document = overridden_passages(path, passages)
    except BadFile as error:
        reading.unreadable.extend(error.faults)
        return None
    check_passages(reading, document, own.values())
    reading.documents.append(document)
    if document.faults and before is not None:
        return None
    changes = reading.replaced.setdefault(court, [])
    for name, passage in own.items():
        changes += replaced(f"passage {name}", document, passages[name].steps, passage.steps)
    return own


def _raw_of(
    reading: Reading, court: str, path: Path, before: Library | None
) -> RawPlaybook | None:
    """A court's file as a playbook; ``None`` when it cannot be used."""
    shared = reading.raw.get(path.stem)
    if shared is None and path.stem in reading.slugs:
        return None  # the shared file cannot be used, and has its fault already
    try:
        raw, document = overridden_playbook(path, shared)
    except BadFile as error:
        reading.unreadable.extend(error.faults)
        return None
    if raw is not None:
        check_led(reading, raw)
    reading.documents.append(document)
    if raw is None or shared is None or (document.faults and before is not None):
        return None
    changes = reading.replaced.setdefault(court, [])
    changes += replaced(path.stem, document, shared.steps, raw.steps)
    return raw
