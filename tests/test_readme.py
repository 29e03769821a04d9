"""What the README says is so: keys, commands, settings, variables, the example, the first call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from helpdesk import resources
from helpdesk.cli import command_line
from helpdesk.desk.desk import Desk
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.playbook_check import check_paths
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.domain.commands import COMMANDS
from helpdesk.domain.keys import Keymap
from helpdesk.domain.permissions import PERMISSIONS, ROLES, TABLE, allows
from helpdesk.domain.report_about import SUFFIXES
from helpdesk.playbooks.gathering import read_library
from helpdesk.playbooks.templates import VARIABLES
from helpdesk.settings import FRESH, THEMES, Settings, read_settings
from tests.conftest import CHECKOUT
from tests.support.screens import press, running, words

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
SIGNS = {"enter": "⏎", "tab": "⇥", "esc": "⎋", "space": "␣", "bksp": "⌫"}


def part(name: str) -> str:
    """What stands between the marks of a part that a test keeps true."""
    found = re.search(rf"<!-- {name}:.*?-->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, f"the README has no part “{name}”"
    return found[1]


def rows(name: str) -> list[list[str]]:
    """The cells of a table, its head and rule left out."""
    lines = part(name).strip().splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def coded(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def keys_table() -> str:
    """The table of keys, two to a line; commands that do the same share a cell."""
    keymap = Keymap()
    lines = ["| key | does | key | does |", "| --- | --- | --- | --- |"]
    for place in dict.fromkeys(command.where for command in COMMANDS):
        does: dict[str, list[str]] = {}
        for command in COMMANDS:
            if command.where == place:
                does.setdefault(command.what, []).append(f"`{keymap.key(command.id)}`")
        cells = [f"{' '.join(keys)} | {what}" for what, keys in does.items()]
        cells += [" | "] * (len(cells) % 2)
        lines.append(f"| **{place}** | | | |")
        pairs = zip(cells[::2], cells[1::2], strict=True)
        lines += [f"| {left} | {right} |" for left, right in pairs]
    return "\n".join(lines) + "\n"


def commands(
    group: click.Command, context: click.Context, name: str
) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by what is typed."""
    if not isinstance(group, click.Group) or group.invoke_without_command:
        yield name, group
    if isinstance(group, click.Group):
        for each in group.list_commands(context):
            command = group.get_command(context, each)
            assert command is not None
            yield from commands(command, context, f"{name} {each}")


def usages() -> dict[str, str]:
    """What the README says of each command, by what is typed."""
    text = part("commands").replace("\n    ", " ")
    lines = [line for line in text.splitlines() if line.startswith("helpdesk ")]
    return {" ".join(re.findall(r"^helpdesk(?: [a-z]+\b(?!\|))*", line)): line for line in lines}


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 445


def test_the_readme_lists_every_key() -> None:
    assert part("keys") == keys_table(), f"paste this table:\n{keys_table()}"


def test_the_readme_lists_every_command_with_every_option() -> None:
    group = command_line(lambda _: 0, lambda _: 0)
    said = usages()
    there = dict(commands(group, click.Context(group), "helpdesk"))
    assert set(said) == set(there)
    for name, command in there.items():
        shown = (each for each in command.params if not getattr(each, "hidden", False))
        options = {option for each in shown for option in each.opts if option[0] == "-"}
        if name == "helpdesk":
            options.add("--help")
        assert set(re.findall(r"--[a-z-]+", said[name])) == options, name


def test_the_readme_lists_every_setting() -> None:
    names = [name for row in rows("settings") for name in coded(row[0])]
    commented = re.findall(r"^# ([a-z-]+):", FRESH, re.MULTILINE)
    assert sorted(names) == sorted(set(commented))
    text = "\n".join(f"{name}:" for name in names)
    assert read_settings(text, "desk.yaml") == Settings()  # every one of them is known


def test_the_readme_names_every_form_of_a_file_and_its_format_where_that_is_another() -> None:
    (table,) = re.findall(r"^\| form \|.*\n.*\n((?:\|.*\n)+)", README, re.MULTILINE)
    named = {each for line in table.splitlines() for each in coded(line.split("|")[1])}
    endings = {suffix.removeprefix(".") for suffix in SUFFIXES.values()}
    other = {form for form, suffix in SUFFIXES.items() if suffix != f".{form}"}
    assert named == {*endings, *(f"--format {form}" for form in other)}


def test_the_readme_gives_the_defaults_of_the_settings() -> None:
    said = {name: row for row in rows("settings") for name in coded(row[0])}
    fresh = Settings()
    assert said["identity-checks"][2] == str(fresh.identity_checks)
    assert said["temporary-password-hours"][2] == str(fresh.temporary_password_hours)
    assert said["hours"][2] == ", ".join(fresh.hours)
    assert coded(said["theme"][2]) == [fresh.theme]
    assert coded(said["theme"][1])[: len(THEMES)] == list(THEMES)
    assert coded(said["lines"][2]) == ["yes" if fresh.lines else "no"]


def test_the_readme_says_who_may_do_what() -> None:
    lines = [f"| | {' | '.join(ROLES)} |", f"| {' | '.join(['---'] * (len(ROLES) + 1))} |"]
    for permission, said in PERMISSIONS.items():
        cells = ("yes" if allows(role, permission) else "" for role in ROLES)
        lines.append(f"| {said} | {' | '.join(cells)} |")
    table = "\n".join(lines) + "\n"
    assert part("rights") == table, f"paste this table:\n{table}"
    assert set(PERMISSIONS) == set().union(*TABLE.values())


def test_the_readme_lists_every_variable() -> None:
    assert coded(part("variables")) == [f"<{name}>" for name in sorted(VARIABLES)]


def example() -> tuple[str, str]:
    """The example playbook: its path in the repository, and its text."""
    found = re.search(r"```yaml\n# (playbooks/\S+)\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1], found[2]


def test_the_example_playbook_has_no_fault_among_the_shipped_ones(home: Path, desk: Desk) -> None:
    path, text = example()
    assert not (CHECKOUT / path).exists(), "the example is a playbook that nobody has yet"
    file = home / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert check_paths(desk.folder, [file], date(2026, 6, 1)).faults == ()
    library = read_library([resources.shipped("playbooks"), home / "playbooks"]).library
    assert f"title: {library.playbooks[file.stem].title}\n" in text
    assert library.playbooks[file.stem].theme == file.parent.name


def test_a_fault_in_the_example_playbook_would_be_told(home: Path, desk: Desk) -> None:
    path, text = example()
    file = home / path
    file.parent.mkdir(parents=True)
    file.write_text(text.replace("<court.short>", "<court.shrt>"), encoding="utf-8")
    faults = check_paths(desk.folder, [file], date(2026, 6, 1)).faults
    assert [fault.message for fault in faults] == ["there is no variable <court.shrt>."]


@pytest.mark.parametrize(
    "path",
    sorted(
        {
            *re.findall(r"\]\(([^)#:]+)\)", README),
            *re.findall(r"`((?:helpdesk|tests)/[\w/.-]+)`", README),
            *(each for each in coded(README) if re.fullmatch(r"playbooks/[a-z]+\.yaml", each)),
        }
    ),
)
def test_a_file_that_the_readme_names_is_there(path: str) -> None:
    assert (CHECKOUT / path).exists()


async def test_the_first_call_of_the_readme_goes_as_it_says(desk: Desk) -> None:
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    seen = []
    async with running(desk) as console:
        for _, pressed in rows("call"):
            for each in coded(pressed):
                await press(console, SIGNS.get(each) or each.replace(" ", "␣"))
            seen.append(words(console))
        assert "READY" in seen[-1]
        assert [place for place, screen in enumerate(seen) if "TEMPORARY PASSWORD" in screen] == [
            8
        ]
        assert "HANG UP" in seen[-2]
        ticket = show_ticket(desk, "1")  # what `helpdesk show 1` prints
    assert ticket.row.status == "resolved"
    assert (ticket.row.caller, ticket.row.court) == ("Roe, Pat", "ianb")
    assert [done.kind for done in ticket.actions] == [
        "called-back", "email-on-record", "temporary-password",
    ]  # fmt: skip
