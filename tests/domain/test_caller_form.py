from __future__ import annotations

import pytest

from helpdesk.domain.caller_form import known_of


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("212-555-0144", {"phone": "212-555-0144"}),
        ("0144", {"phone": "0144", "name": ""}),
        ("Roe, Pat", {"name": "Roe, Pat", "phone": "9"}),
        ("maria gonzales 515 555 0142", {"name": "maria gonzales", "phone": "515 555 0142"}),
        ("(515) 555-0142, Gonzales", {"name": "Gonzales", "phone": "(515) 555-0142"}),
        ("Roe +1 515.555.0142 Pat", {"name": "Roe Pat", "phone": "+1 515.555.0142"}),
        ("555-0142 roe", {"name": "roe", "phone": "555-0142"}),
        ("Jane 2125550144 x12", {"name": "Jane", "phone": "2125550144 x12"}),
        ("jane1234567@x.example", {"name": "jane1234567@x.example", "phone": "9"}),
        ("26-10432 Jane", {"name": "26-10432 Jane", "phone": "9"}),
        ("Roe bar 1234567", {"name": "Roe bar 1234567", "phone": "9"}),
        ("Roe 21255501441", {"name": "Roe 21255501441", "phone": "9"}),
        ("Roe 61200", {"name": "Roe 61200", "phone": "9"}),
        ("", {"phone": "9"}),
    ],
)
def test_a_name_and_a_number_are_told_apart(typed: str, known: dict[str, str]) -> None:
    assert known_of(typed, "9") == {field: said for field, said in known.items() if said}
