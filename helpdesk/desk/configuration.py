"""What a desk is told before its database is opened: its settings and its courts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from helpdesk import resources
from helpdesk.desk.desk import Folder
from helpdesk.domain.courts import Court, ServiceCenter
from helpdesk.errors import BadFile, Fault
from helpdesk.resources import read_text
from helpdesk.settings import Settings, readable_settings

if TYPE_CHECKING:
    from helpdesk.courts import CourtsFile


class Configuration(NamedTuple):
    """The settings and courts of one desk."""

    settings: Settings
    """What ``desk.yaml`` says."""

    courts: Mapping[str, Court]
    """The courts by id: the desk folder's over those shipped."""

    center: ServiceCenter
    """The PACER Service Center."""

    faults: tuple[Fault, ...] = ()
    """What is wrong with the files; all that can be read was read all the same."""


def read_configuration(folder: Folder) -> Configuration:
    """Read the settings and the courts of a desk.

    Args:
        folder: The desk folder.

    Returns:
        Both; what the folder does not hold comes from the files shipped with the program.

    Raises:
        BadFile: When they do not hold together, with every fault of every file.
    """
    read = readable_configuration(folder)
    if read.faults:
        raise BadFile(read.faults)
    return read


def readable_configuration(folder: Folder) -> Configuration:
    """Read of the settings and the courts of a desk what can be read.

    Args:
        folder: The desk folder.

    Returns:
        Both, with every fault of every file; what cannot be read is as if it was left out.

    Raises:
        BadFile: When not even the files shipped with the program hold together.
    """
    faults: list[Fault] = []
    shipped = resources.shipped("data") / "courts.yaml"
    files = [_courts(shipped, faults)]
    if _is_there(folder.courts) and folder.courts.resolve() != shipped.resolve():
        files.append(_courts(folder.courts, faults, files[0].courts))
    settings = _settings(folder, faults)
    courts = {court: each for file in files for court, each in file.courts.items()}
    center = next((file.center for file in reversed(files) if file.center), None)
    if center is None and not faults:
        said = "the “service-center” is missing: add it."
        faults.append(Fault(str(folder.courts), 1, 1, said))
    wrong = _faults_between(folder, settings, courts)
    if center is None or not courts:
        raise BadFile(faults or wrong)
    if wrong:
        court = settings.court if settings.court in courts else ""
        settings = settings._replace(court=court, office="")
    return Configuration(settings, courts, center, tuple(faults) or wrong)


def _is_there(path: Path) -> bool:
    """Whether anything lies in a file's place: what is no file, or leads nowhere, is a fault."""
    return path.is_symlink() or path.exists()


def shipped_courts() -> Mapping[str, Court]:
    """The courts of the file that is shipped with the program; none where it has a fault."""
    return _courts(resources.shipped("data") / "courts.yaml", []).courts


def _courts(
    path: Path, faults: list[Fault], under: Mapping[str, Court] = MappingProxyType({})
) -> CourtsFile:
    from helpdesk.courts import CourtsFile, read_courts  # noqa: PLC0415 - when a file has changed

    try:
        return read_courts(read_text(path), str(path), under)
    except BadFile as error:
        faults.extend(error.faults)
        return CourtsFile()


def _settings(folder: Folder, faults: list[Fault]) -> Settings:
    if not _is_there(folder.settings):
        return Settings()
    try:
        text = read_text(folder.settings)
    except BadFile as error:
        faults.extend(error.faults)
        return Settings(sign_in="")
    settings, wrong = readable_settings(text, str(folder.settings))
    faults.extend(wrong)
    return settings


def _faults_between(
    folder: Folder, settings: Settings, courts: Mapping[str, Court]
) -> tuple[Fault, ...]:
    """What ``desk.yaml`` says of a court or an office that is not there."""
    court = courts.get(settings.court) if settings.court else next(iter(courts.values()), None)
    if court and (not settings.office or court.office(settings.office)):
        return ()
    from helpdesk.located_yaml import load  # noqa: PLC0415 - for the place of a fault

    document = load(read_text(folder.settings), str(folder.settings))
    if court is None:
        known = ", ".join(courts)
        document.fault(("court",), f"there is no court “{settings.court}”; there are: {known}.")
    else:
        known = ", ".join(office.id for office in court.offices)
        message = f"{court.id} has no office “{settings.office}”; it has: {known}."
        document.fault(("office",), message)
    return tuple(document.faults)
