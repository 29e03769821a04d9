"""The rules of the house that no linter keeps."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import helpdesk
from helpdesk.domain.permissions import who_may
from tests.conftest import CHECKOUT

HOUSE = Path(helpdesk.__file__).parent
TREES = {
    str(path.relative_to(HOUSE)): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(HOUSE.rglob("*.py"))
}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
TYPES = {"TypeVar", "ParamSpec", "NewType"}
VAGUE = {"util", "utils", "helper", "helpers", "manager", "service", "handler", "misc", "common"}
CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "time.time_ns"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def calls(tree: ast.AST) -> Iterator[str]:
    return (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def declared(tree: ast.Module) -> Iterator[tuple[str, ast.stmt | None]]:
    """Each public constant and field with what stands below it.

    What a class sets without a type is its base's, where it is explained.
    """
    own = [each for each in classes(tree) if not each.name.startswith("_")]
    bodies = [(tree.body, True), *((each.body, not each.bases) for each in own)]
    for body, every in bodies:
        for node, below in zip(body, [*body[1:], None], strict=True):
            if isinstance(node, ast.AnnAssign):
                name = ast.unparse(node.target)
            elif isinstance(node, ast.Assign) and every:
                name = ast.unparse(node.targets[0])
            else:
                continue
            makes_a_type = (
                isinstance(node.value, ast.Call) and ast.unparse(node.value.func) in TYPES
            )
            if name.isidentifier() and not name.startswith("_") and not makes_a_type:
                yield name, below


def is_docstring(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_act(function: Function) -> bool:
    return any(
        isinstance(mark, ast.Call) and ast.unparse(mark.func) == "act"
        for mark in function.decorator_list
    )


ACTS = {
    f"{module}:{function.name}": function
    for module, tree in TREES.items()
    for function in functions(tree)
    if is_act(function)
}


@pytest.mark.parametrize("module", TREES)
def test_modules_and_functions_stay_short(module: str) -> None:
    lines = (HOUSE / module).read_text(encoding="utf-8").splitlines()
    long = [
        f"{function.name}: {length} lines"
        for function in functions(TREES[module])
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert len(lines) <= LONGEST_MODULE
    assert long == []


@pytest.mark.parametrize("module", TREES)
def test_every_module_begins_with_a_sentence(module: str) -> None:
    said = ast.get_docstring(TREES[module])
    assert said, "a module begins with a sentence that says what it is for"
    assert said.split("\n\n")[0].rstrip().endswith((".", "?")), said


@pytest.mark.parametrize("module", TREES)
def test_every_public_field_and_constant_says_what_it_is(module: str) -> None:
    silent = [name for name, below in declared(TREES[module]) if not is_docstring(below)]
    assert silent == []


@pytest.mark.parametrize("module", TREES)
def test_no_name_is_vague(module: str) -> None:
    names = [Path(module).stem, *Path(module).parent.parts]
    names += [node.name for node in (*functions(TREES[module]), *classes(TREES[module]))]
    told = {name: re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name) for name in names}
    vague = {
        name
        for name, words in told.items()
        for word, after in zip(words, [*words[1:], ""], strict=True)
        # The PACER Service Center is called so.
        if word.lower() in VAGUE and (word.lower(), after.lower()) != ("service", "center")
    }
    assert vague == set()


@pytest.mark.parametrize("act", ACTS)
def test_every_act_says_what_it_does_and_asks_for_a_permission_there_is(act: str) -> None:
    function = ACTS[act]
    assert ast.get_docstring(function)
    assert not function.name.startswith("_"), "an act is public"
    assert function.args.args[0].arg == "desk"
    asked = next(mark for mark in function.decorator_list if isinstance(mark, ast.Call)).args[0]
    assert who_may(ast.literal_eval(asked)), "nobody may"


def test_acts_are_in_the_desk_alone() -> None:
    assert {act.split("/")[0] for act in ACTS} == {"desk"}


def test_only_the_command_line_prints() -> None:
    printing = {module for module, tree in TREES.items() if "print" in calls(tree)}
    assert {module for module in printing if not module.startswith("cli/")} == set()


def test_the_time_comes_from_the_desks_clock() -> None:
    reading = {
        module
        for module, tree in TREES.items()
        for call in calls(tree)
        if call.removeprefix("datetime.datetime").removeprefix("datetime.") in CLOCKS
        or call in CLOCKS
    }
    assert reading == {"desk/desk.py"}


@pytest.mark.skipif(
    not (CHECKOUT / ".git").exists() or shutil.which("git") is None,
    reason="only a checkout knows which files belong to it",
)
def test_the_top_level_holds_what_the_house_says_and_dot_files() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, check=True, capture_output=True, text=True
    ).stdout
    tops = {name.split("/")[0] for name in listed.split("\0") if name}
    assert {name for name in tops if not name.startswith(".")} == {
        "helpdesk", "data", "playbooks", "tests", "pyproject.toml", "README.md",
    }  # fmt: skip
