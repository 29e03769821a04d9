from __future__ import annotations

import re

import pytest

from helpdesk.desk.ids import Ids


@pytest.mark.parametrize("count", [0, 1, 5])
@pytest.mark.parametrize("bit", [0, 1])
def test_every_value_gets_a_salt_of_sixteen_digits_whatever_chance_gives(
    count: int, bit: int
) -> None:
    salts = Ids(lambda many: bit * (2**many - 1)).salts(count)
    assert len(salts) == count
    assert all(re.fullmatch(r"[0-9a-f]{16}", salt) for salt in salts)


def test_the_salts_of_an_entry_are_not_alike() -> None:
    assert len(set(Ids().salts(50))) == 50


def test_what_is_made_from_a_tape_is_the_same_again_and_what_follows_is_written_down() -> None:
    ids, tape = Ids(), [7, 8]
    with ids.taped(tape):
        assert [ids.make(1_780_000_000) for _ in range(2)] == [7, 8]
        fresh = ids.make(1_780_000_000)
    assert tape == [7, 8, fresh]
    assert ids.make(1_780_000_000) > fresh
