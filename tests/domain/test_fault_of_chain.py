from __future__ import annotations

import pytest

from helpdesk.domain.entries import Entry, fault_of_chain
from helpdesk.domain.journal import Change, Head

Kept = tuple[Entry, str, str]


def chain(length: int) -> list[Kept]:
    kept: list[Kept] = []
    head = Head()
    for place in range(1, length + 1):
        change = Change("text", None, f"note {place}")
        entry = Entry(
            "ticket:1", place, 100 + place, "mortiz", "add_note", (change,), ("salt",), head.hash
        )
        kept.append((entry, entry.value_digest, entry.hash))
        head = Head(entry.seq, entry.hash)
    return kept


def changed(kept: Kept, **values: object) -> Kept:
    """The entry with other columns, its digest and hash left as they were."""
    return (kept[0]._replace(**values), *kept[1:])  # type: ignore[arg-type]


def test_a_chain_as_it_was_written_holds() -> None:
    assert fault_of_chain("ticket:1", chain(4)) is None
    assert fault_of_chain("ticket:1", []) is None


@pytest.mark.parametrize("column", ["at", "who", "act", "undoes"])
def test_a_changed_column_is_found_where_it_is(column: str) -> None:
    kept = chain(4)
    kept[1] = changed(kept[1], **{column: "other" if column in {"who", "act"} else 7})
    assert fault_of_chain("ticket:1", kept) == "ticket:1: entry 2 was changed"


def test_a_changed_value_is_found() -> None:
    kept = chain(4)
    kept[2] = changed(kept[2], changes=(Change("text", None, "forged"),))
    assert fault_of_chain("ticket:1", kept) == "ticket:1: the values of entry 3 were changed"


def test_a_removed_value_is_found() -> None:
    kept = chain(2)
    kept[0] = changed(kept[0], changes=(), salts=())
    assert fault_of_chain("ticket:1", kept) == "ticket:1: the values of entry 1 were changed"


def test_a_missing_entry_is_found() -> None:
    kept = chain(4)
    del kept[1]
    assert fault_of_chain("ticket:1", kept) == "ticket:1: entry 2 is missing"
    assert fault_of_chain("ticket:1", chain(3)[1:]) == "ticket:1: entry 1 is missing"


def test_an_entry_forged_whole_breaks_the_one_after_it() -> None:
    kept = chain(3)
    forged = kept[1][0]._replace(who="somebody")
    kept[1] = (forged, forged.value_digest, forged.hash)
    assert fault_of_chain("ticket:1", kept) == (
        "ticket:1: entry 3 does not follow the one before it"
    )


def test_a_chain_moved_to_another_subject_does_not_hold() -> None:
    kept = [changed(each, subject="ticket:2") for each in chain(2)]
    assert fault_of_chain("ticket:2", kept) == "ticket:2: entry 1 was changed"
