"""Puts what courts have of their own over the shared playbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from helpdesk.domain.playbook import Playbook
from helpdesk.errors import BadFile
from helpdesk.playbooks.checking_steps import check_led, check_passages
from helpdesk.playbooks.including import resolve
from helpdesk.playbooks.library import Library
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.overriding import (
    FOLDER,
    PASSAGES,
    court_files,
    overridden_passages,
    overridden_playbook,
    replaced,
)
from helpdesk.playbooks.reading import Passage, RawPlaybook


def read_courts_own(
    reading: Reading,
    folders: Sequence[Path],
    passages: Mapping[str, Passage],
    before: Library | None,
) -> dict[str, dict[str, Playbook]]:
    """Read what is different at each court.

    A broken file leaves what the court had, for as long as the shared text is what it was then.
    What overrides a step that the shared text has no more is left out: the court has the shared
    text, whatever was read before.

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
    _name_the_way_out(reading, folders)
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
    raws, unusable = _raws_of(reading, court, files, before)
    kept = {
        slug: book
        for slug, book in good.items()
        if slug in reading.slugs
        and (slug in unusable or own_passages is None or slug not in reading.raw)
        and _is_as_before(reading, slug, passages, before)
    }
    own: dict[str, Playbook] = {}
    for slug, shared in reading.raw.items():
        if slug in kept or (slug not in raws and there == passages):
            continue
        raw = raws.get(slug, shared)
        playbook, origins = resolve(raw, there)
        if before and reading.is_broken(raw, origins):
            if slug in good and _is_as_before(reading, slug, passages, before):
                own[slug] = good[slug]
        elif slug in raws or playbook != resolve(shared, passages)[0]:
            own[slug] = playbook
            reading.court_origins[court, slug] = origins
    return own | kept


def _name_the_way_out(reading: Reading, folders: Sequence[Path]) -> None:
    """Tell who cannot mend a shipped file how the desk has nothing of the kind."""
    *under, own = [each for each in folders if each.is_dir()] or [Path()]
    for document in reading.documents:
        path = Path(document.name)
        shipped = next((each for each in under if path.is_relative_to(each / FOLDER)), None)
        if document.faults and shipped and not path.is_relative_to(own):
            way = f" To have none, {way_out(own, path.parent.name, path.name)}."
            document.faults[:] = [
                each._replace(message=each.message + way) for each in document.faults
            ]


def way_out(own: Path, court: str, name: str) -> str:
    """Say how a desk has nothing of what a shipped file has for a court.

    Args:
        own: The desk's own playbooks folder.
        court: The court.
        name: The name of the shipped file.

    Returns:
        A clause.
    """
    nothing = "{}" if name == PASSAGES else "steps: {}"
    return f"write “{nothing}” into {own / FOLDER / court / name}"


def _is_as_before(
    reading: Reading, slug: str, passages: Mapping[str, Passage], before: Library | None
) -> bool:
    """Whether the shared text is what a court's own that was read before lies over."""
    shared = reading.raw.get(slug)
    if shared is None or before is None:
        return shared is None
    return resolve(shared, passages)[0] == before.playbooks.get(slug)


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


def _raws_of(
    reading: Reading, court: str, files: Mapping[str, Path], before: Library | None
) -> tuple[dict[str, RawPlaybook], set[str]]:
    """A court's files as playbooks by slug, and the slugs of those that cannot be used."""
    raws: dict[str, RawPlaybook] = {}
    unusable: set[str] = set()
    for path in files.values():
        if path.name == PASSAGES or path.stem in reading.hidden:
            continue
        if raw := _raw_of(reading, court, path, before):
            raws[path.stem] = raw
        else:
            unusable.add(path.stem)
    return raws, unusable


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
