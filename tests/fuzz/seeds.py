"""What a target begins with: the files that are shipped, and a few of every kind it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from tests.conftest import CHECKOUT
from tests.support.hostile import HOSTILE
from tests.support.workbooks import sheet_of

FOUND: Final = CHECKOUT / "tests" / "data" / "fuzz"
"""Inputs that once went wrong, a folder a target."""

_QUERIES: Final = (
    'court:ianb symptom:linking opened:last-week "clear cache" -tag:test',
    "clerk:me dur>10m calls>=2 sort:oldest is:late",
    "phone:0144 due<tomorrow resolved:2026-05..2026-06 -status:closed,open",
    'caller:"Roe, Pat" reopened:yes escalated-to:lead incident:12 opened:fy2026',
)
_ROWS: Final = (
    "Date,Time,Caller,Phone,Court,Symptom,Duration,Outcome,Notes,Tags,Clerk",
    '06/01/2026,9:14 AM,"Roe, Pat",(212) 555-0144 x3,ianb,linking,1:35,Closed,"a\nb",vip,jlee',
    "13/05/2026,23:59,=1+1,+1 212 555 0199,ianb/cedar-rapids,Query error,1m 35s,Voicemail,'=x,,",
)
_INTERVALS: Final = "Interval start,Offered,Answered,Abandoned\n2026-05-01 09:00,12,10,2\n"
_OWN: Final = {
    "call_id": "0190000000000001", "number": "T-26-00001", "started_at": "2026-05-01T13:00:00Z",
    "court": "ianb", "outcome": "resolved", "talk_s": 95, "tags": ["a", "b"],
    "caller": {"name": "x"},
}  # fmt: skip
_NOTES: Final = (
    "The temporary password is Hunter22x, code 123456, ssn 078-05-1120, card 4111 1111 1111 1111",
    "born 3 May 1970, login jdoe12, routing 021000021, mother's maiden name: Smith",
    "password: forgotten, case 1:23-bk-04567, T-26-04817, call 212-555-0144 by 5/28",
)
_TIMES: Final = (
    "tom 9", "thu 2:30p", "45m", "eod", "10bd 9", "12/1 10", "dec 1 14:30", "noon", "last-30d",
    "2026-w18", "fy2026-q1", "2026-05-01..2026-05-31", "2026-06-01T09:30:00-04:00", "1h",
)  # fmt: skip
_VALUES: Final = (
    "06/01/2026 9:14 PM EST", "1 June 2026", "2026-06-01T09:14:03.5+02:00", "1:35", "1h 2m 3s",
    "1.5 min", "Inbound call", "left voicemail", "yes", "'=1+1",
)  # fmt: skip
_SAID: Final = (
    "linked=yes\nclear=no", "temporary-password:delivery=called back,expires=24\nverify:method=x",
)  # fmt: skip
_PHONES: Final = (
    "(212) 555-0144",
    "+1 212.555.0144 ext 3",
    "555 0144 x12",
    "no number",
    "1212555#1",
)


def seeds_of(target: str) -> Iterator[bytes]:
    """What a target begins with.

    Args:
        target: Its name.

    Yields:
        Each seed; those that once went wrong last.
    """
    yield from (text.encode("utf-8", "surrogatepass") for text in _texts(target))
    if target == "imports-csv":
        yield "\ufeff".join(("", "\r\n".join(_ROWS))).encode("utf-16")
    if (FOUND / target).is_dir():
        yield from (path.read_bytes() for path in sorted((FOUND / target).iterdir()))


def _texts(target: str) -> Iterator[str]:
    if target in {"playbooks", "declarations", "settings"}:
        yield from _shipped(target)
    elif target == "imports-csv":
        yield from ("\n".join(_ROWS), _INTERVALS, "\n".join(_ROWS).replace(",", ";"))
    elif target == "imports-jsonl":
        yield json.dumps(_OWN) + "\n" + json.dumps(_OWN | {"call_id": "1"})
    elif target == "imports-xlsx":
        yield _sheet()
    else:
        yield from {
            "queries": _QUERIES, "times": _TIMES, "import-values": _VALUES, "answers": _SAID,
            "phones": _PHONES,
        }.get(target, (*_NOTES, *_QUERIES))  # fmt: skip
        yield from HOSTILE.values()


def _shipped(target: str) -> Iterator[str]:
    folder = "data" if target == "settings" else "playbooks"
    for path in sorted((CHECKOUT / folder).rglob("*.yaml")):
        apart = path.parent == CHECKOUT / folder
        if apart is (target != "playbooks"):
            yield path.read_text(encoding="utf-8")
    yield "a: &x [1]\nb: *x\n<<: {c: !!python/object/apply:os.system [id]}\na: 2\n"
    yield "court: ianb\nidentity-checks: 3\nhours: [Mon-Thu 08:30-16:30]\nkeys: {new-call: f2}\n"


def _sheet() -> str:
    rows = (_ROWS[0].split(","), ["06/01/2026", "9:14", "Roe", "212-555-0144", "ianb"])
    told = "".join(
        f'<row r="{at}">'
        + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
        + '<c r="L2" s="1"><v>46000.5</v></c><c t="e"><v>#REF!</v></c></row>'
        for at, cells in enumerate(rows, 1)
    )
    return sheet_of(told).decode()
