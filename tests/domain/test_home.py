"""Numbers of promises as they are said."""

from __future__ import annotations

from helpdesk.domain.home import DUE_COUNTED, HomeView


def test_a_number_is_said_whole_where_all_were_counted() -> None:
    home = HomeView(due=DUE_COUNTED, late=3)
    assert home.counted(home.due, to_the_end=True) == "500"
    assert home.counted(home.late, to_the_end=False) == "3"


def test_a_sign_says_that_there_are_more_than_were_counted() -> None:
    home = HomeView(due=DUE_COUNTED + 1, late=3)
    assert home.counted(home.due, to_the_end=True) == "500+"
    assert home.counted(home.late, to_the_end=False) == "3", "all that are late were counted"
