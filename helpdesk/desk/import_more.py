"""What tickets and actions of our own files have that a call has not."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from typing import Any

from helpdesk.desk.acting import refuse_secrets
from helpdesk.domain.import_values import flag_meant
from helpdesk.domain.playbook import checked_outcome
from helpdesk.domain.tickets import STATUSES
from helpdesk.domain.whens import moment_from_iso
from helpdesk.errors import BadInput


def more_of(kind: str, values: Mapping[str, str], kinds: Container[str]) -> dict[str, Any]:
    """Read what a row has besides where, when and whose it is.

    Args:
        kind: What the file holds, of ``KINDS``.
        values: The row's texts by field.
        kinds: The kinds of actions that there are.

    Returns:
        Of a ticket ``status, outcome`` and ``resolved_at``, of an action ``kind, fields,
        expires_at`` and ``struck``; nothing of a call.

    Raises:
        BadInput: When one of them cannot be.
    """
    if kind == "tickets":
        return _standing(values)
    return _doing(values, kinds) if kind == "actions" else {}


def _standing(values: Mapping[str, str]) -> dict[str, Any]:
    status, outcome = values["status"], values.get("outcome", "")
    if status not in STATUSES or status == "merged":
        raise BadInput(f"“{status}” is no status that a ticket can come in with.")
    return {
        "status": status,
        "outcome": checked_outcome(outcome) if outcome else None,
        "resolved_at": _moment(values.get("resolved_at", "")),
    }


def _doing(values: Mapping[str, str], kinds: Container[str]) -> dict[str, Any]:
    kind, text = values["kind"], values.get("fields", "") or "{}"
    if kind not in kinds:
        raise BadInput(f"“{kind}” is no kind of action here: playbooks/actions.yaml has them.")
    try:
        fields = json.loads(text)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or not all(isinstance(each, str) for each in fields.values()):
        raise BadInput("the fields of the action are no JSON object of texts.")
    for said in fields.values():
        refuse_secrets(said)
    return {
        "kind": kind,
        "fields": text,
        "expires_at": _moment(values.get("expires_at", "")),
        "struck": flag_meant(values.get("struck", "")),
    }


def _moment(text: str) -> int | None:
    return moment_from_iso(text, "UTC") if text else None
