from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.trial import Trial, try_playbook
from helpdesk.desk.view import call_view
from helpdesk.domain.playbook import DONE
from helpdesk.domain.run import Run
from helpdesk.errors import BadInput, NotAllowed, NotFound
from tests.support.calls import rows
from tests.support.changed import change_playbook
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.small_books import INNER, OUTER
from tests.support.tables import KEPT


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for walks one after the other."""
    desk = open_as(tmp_path_factory.mktemp("shift"), StillClock())
    yield desk
    desk.close()


@pytest.fixture
def trial(desk: Desk) -> Trial:
    """A walk that stands in the playbook that was handed over to."""
    change_playbook(desk, INNER)
    change_playbook(desk, OUTER)
    trial = try_playbook(desk, OUTER)
    trial.answer("yes")
    trial.answer(DONE)
    return trial


def way(run: Run) -> list[tuple[str, str, str, str]]:
    return [(*each.key, each.answer, each.source) for each in run.passed]


@examples(max_examples=60)
@given(st.data())
def test_a_walk_without_a_call_leads_where_a_call_with_the_same_answers_leads(
    shift: Desk, data: st.DataObject
) -> None:
    slug = data.draw(st.sampled_from(sorted(shift.library.playbooks)))
    trial, call = try_playbook(shift, shift.library.playbooks[slug]), start_call(shift)
    choose_symptom(shift, call, slug)
    for _ in range(12):
        run = call_view(shift, call).run
        assert run is not None
        assert (way(trial.run), trial.run.current_key) == (way(run), run.current_key)
        if run.current is None:
            break
        keys = [each.key for each in run.current.answers] or [DONE]
        answer = data.draw(st.sampled_from(keys))
        answer_step(shift, call, run.current.id, answer)
        trial.answer(answer)


def test_nothing_of_a_walk_is_written_down(desk: Desk, trial: Trial) -> None:
    trial.answer("no")
    trial.letter()
    trial.note()
    for table in (*KEPT, "prompt", "phrase"):
        assert rows(desk, f"SELECT * FROM {table}") == []


def test_going_back_takes_back_one_answer_after_the_other_through_both_playbooks(
    trial: Trial,
) -> None:
    trial.answer("no")
    assert trial.run.current_key == ("inner", "told")
    found = []
    for _ in range(3):
        trial.back()
        found.append(trial.run.current_key)
    assert found == [("inner", "linked"), ("outer", "over"), ("outer", "ready")]
    with pytest.raises(NotAllowed, match="first step"):
        trial.back()


def test_at_its_end_a_walk_takes_no_answer_but_goes_back(trial: Trial) -> None:
    for answer in ("no", DONE, DONE, DONE):
        trial.answer(answer)
    assert trial.run.current is None
    with pytest.raises(NotAllowed, match="ends here"):
        trial.answer(DONE)
    trial.back()
    assert trial.run.current_key == ("outer", "bye")


def test_an_answer_that_is_not_offered_is_refused_and_changes_nothing(trial: Trial) -> None:
    before = trial.run
    with pytest.raises(BadInput, match="it takes: yes, no"):
        trial.answer("maybe")
    assert trial.run == before


def test_a_walk_at_another_court_is_on_its_playbook_with_its_settings_and_its_words(
    shift: Desk,
) -> None:
    book = shift.library.playbooks["linking-error"]
    here, there = try_playbook(shift, book), try_playbook(shift, book, "NCMB")
    assert here.run.playbook == shift.library.playbook("linking-error", "ianb") != book
    assert there.run.playbook == book
    assert there.said("<court.short>, <office.name>") == "Middle North Carolina, Greensboro"
    assert there.said("<caller.name>") == "Roe, Pat"
    with pytest.raises(NotFound, match="no court “nowhere”"):
        try_playbook(shift, book, "nowhere")


def test_a_made_up_caller_gets_a_letter_and_a_colleague_a_note(trial: Trial) -> None:
    trial.answer("no")
    assert trial.letter().text.startswith(
        "Subject: Your call to Iowa Northern\n\nHello Pat Roe,\n\n"
    )
    assert "That was the inner one." in trial.letter().body
    assert trial.note().endswith("Ready? yes. Is it linked? no. Next: That was the inner one.")
