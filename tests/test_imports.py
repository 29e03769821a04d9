"""A command that opens no screen starts fast: it imports only what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.programs import finished

RUN = """
import sys
from helpdesk.__main__ import main
status = main(sys.argv[1:])
print("loaded:", *sorted({name.split(".")[0] for name in sys.modules}))
raise SystemExit(status)
"""
CALL = (
    "log", "--caller", "Roe, Pat", "--phone", "212-555-0199", "--court", "ianb",
    "--symptom", "linking-error",
)  # fmt: skip
SCREEN = {"textual", "rich", "sqlite_utils"}
READING = {"yaml", "sqlite3", "platformdirs", "zoneinfo"}


def loaded(*arguments: str) -> set[str]:
    """The packages that a command has imported when it is done."""
    return set(finished(RUN, *arguments).splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    "arguments",
    [("tickets",), ("show", "1"), CALL, ("playbooks", "find", "link"), ("staff", "list")],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_command_never_imports_what_draws_a_screen(arguments: tuple[str, ...]) -> None:
    finished(RUN, *CALL)
    assert loaded(*arguments) & SCREEN == set()


def test_yaml_is_imported_only_when_a_file_has_changed() -> None:
    finished(RUN, *CALL)
    assert loaded("tickets") & {"yaml"} == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_version_and_the_help_read_nothing_at_all(option: str) -> None:
    assert loaded(option) & (SCREEN | READING) == set()


RULES_OF_CALLS = {f"helpdesk.domain.{name}" for name in ("calls", "run", "playbook", "guard")}
IMPORTING_THE_CONSOLE = """
import sys
import helpdesk.tui.app, helpdesk.tui.running
print(*sys.modules)
"""
MODULES_OF_A_LIST = """
import sys
from helpdesk.__main__ import main
status = main(["tickets", "--limit", "20"])
print("loaded:", *sys.modules)
"""


def test_the_list_of_tickets_loads_no_rule_of_calls_and_no_parser_of_queries() -> None:
    finished(RUN, *CALL)
    modules = finished(MODULES_OF_A_LIST).splitlines()[-1].split()
    ours = {name for name in modules if name.startswith("helpdesk.")}
    others = {"helpdesk.domain.query_reading", "helpdesk.desk.access", "helpdesk.store.journal"}
    assert "helpdesk.desk.tickets" in ours
    assert ours & (RULES_OF_CALLS | others) == set()
    assert "hashlib" not in modules
    assert len(ours) <= 45, sorted(ours)


def test_the_first_screen_loads_no_rule_of_calls() -> None:
    modules = set(finished(IMPORTING_THE_CONSOLE).split())
    assert "helpdesk.tui.screens.home" in modules
    later = {"entries", "seals", "access", "periods", "hand_over", "whens", "named_days"}
    assert modules & (RULES_OF_CALLS | {f"helpdesk.domain.{name}" for name in later}) == set()
    assert modules & {"helpdesk.desk.undo", "helpdesk.desk.staff"} == set()
    assert modules & {"yaml", "click", "hashlib"} == set()
    ours = {name for name in modules if name.startswith("helpdesk")}
    assert len(ours) <= 110, sorted(ours)


IMPORTING_WHAT_OPENS_IT = """
import sys
import helpdesk.tui.running
print(*sys.modules)
"""


def test_what_opens_the_console_imports_nothing_of_it_before_all_is_made_ready() -> None:
    modules = set(finished(IMPORTING_WHAT_OPENS_IT).split())
    assert "helpdesk.tui.running" in modules
    assert modules & {"textual", "asyncio", "ssl"} == set()


IMPORTING_ALL_SCREENS = """
import pkgutil
import sys
from importlib import import_module
import helpdesk.desk.nights, helpdesk.tui
for each in pkgutil.walk_packages(helpdesk.tui.__path__, "helpdesk.tui."):
    import_module(each.name)
print(*sys.modules)
"""
DONE_BESIDE = {
    "helpdesk.stats.reports", "helpdesk.desk.figures", "helpdesk.desk.nightly",
    "helpdesk.desk.backups", "helpdesk.desk.rollups", "helpdesk.files.meta", "zipfile",
}  # fmt: skip


def test_a_console_leaves_reports_and_the_work_of_the_night_to_its_processes() -> None:
    modules = set(finished(IMPORTING_ALL_SCREENS).split())
    assert "helpdesk.stats.catalogue" in modules
    assert modules & (DONE_BESIDE | {"helpdesk.playbooks.gathering"}) == set()


SEARCHING_ONCE_WARM = """
import asyncio
import sys
from pathlib import Path
from helpdesk.desk.tickets import query_of
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import app_of, running, settled

async def search(desk):
    async with running(desk) as console:
        app_of(console)._warm_up()
        await settled(console)
        had = set(sys.modules)
        for typed in ("roe", "-roe", "court:ianb symptom:linking-error", "opened:2026-06 0144"):
            query_of(desk, typed)
        print("loaded:", *set(sys.modules) - had)

asyncio.run(search(open_as(Path(sys.argv[1]), StillClock())))
"""


def test_once_the_first_screen_stands_a_search_waits_for_no_import(tmp_path: Path) -> None:
    assert finished(SEARCHING_ONCE_WARM, tmp_path).splitlines()[-1] == "loaded:"
