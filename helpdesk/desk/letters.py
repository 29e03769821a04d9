"""What a call's playbook says, in writing: an e-mail to hand on, or a note."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.private_files import write_private
from helpdesk.desk.speaking import circumstances
from helpdesk.domain.calls import CallView
from helpdesk.domain.safe_text import block, line
from helpdesk.errors import NotAllowed
from helpdesk.playbooks.letters import Letter, letter, note

_ADDRESS: Final = re.compile(r"[\w+'-]+(\.[\w+'-]+)*@[\w-]+(\.[\w-]+)*\Z", re.ASCII)


def letter_of_call(desk: Desk, view: CallView) -> Letter:
    """Write what the caller is told as an e-mail.

    Args:
        desk: The desk.
        view: The call.

    Returns:
        The e-mail, to the address on record.

    Raises:
        NotAllowed: When no playbook was chosen, it has told nothing yet, or the e-mail would have
            a hole where a value is not known.
    """
    desk.require("call")
    if view.run is None:
        raise NotAllowed("Choose the symptom first (s): the e-mail is made of its playbook.")
    to = view.caller.email if view.caller else ""
    written = letter(view.run, circumstances(desk, view), to)
    if not written.tells:
        raise NotAllowed("Nothing was said yet that the caller could be sent in writing.")
    if written.lacks:
        raise NotAllowed(_hole(written.lacks[0], view))
    return written


def _hole(lacks: str, view: CallView) -> str:
    """Why an e-mail is not written, and where the value that it lacks is given."""
    if lacks.startswith("<ask:"):
        return f"The e-mail would have a hole at {lacks}: fill it in first (f)."
    if lacks.startswith("<caller."):
        return f"The e-mail would have a hole at {lacks}: choose the caller first (w)."
    of = "service-center" if lacks.startswith("<psc.") else view.court.id
    return f"The e-mail would have a hole at {lacks}: {of} in courts.yaml does not say it."


def note_of_call(desk: Desk, view: CallView) -> str:
    """Write what the run has found as a note for a colleague.

    Args:
        desk: The desk.
        view: The call.

    Returns:
        One paragraph.

    Raises:
        NotAllowed: When no playbook was chosen.
    """
    desk.require("call")
    if view.run is None:
        raise NotAllowed("Choose the symptom first (s): the note is made of its playbook.")
    return note(view.run, circumstances(desk, view))


def write_letter(desk: Desk, written: Letter, number: str) -> Path:
    """Write an e-mail into a file that a mail program opens as a draft.

    Args:
        desk: The desk.
        written: The e-mail.
        number: The ticket's number, for the file's name.

    Returns:
        The file, in the user's own folder and readable by nobody else; what stands on record
        and is no address is left out.

    Raises:
        NotAllowed: When it cannot be written.
    """
    desk.require("call")
    from email.message import EmailMessage  # noqa: PLC0415 - 10 ms, when one is written

    message = EmailMessage()
    if _ADDRESS.match(written.to):
        message["To"] = written.to
    message["Subject"] = line(written.subject)
    message["X-Unsent"] = "1"
    message.set_content(block(written.body))
    return write_private("letters", f"{number}-{desk.clock.now()}.eml", message.as_bytes())
