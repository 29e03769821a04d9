"""Every input with which a fuzzer begins, and every one that once went wrong, goes through."""

from __future__ import annotations

import pytest

from tests.fuzz.seeds import FOUND, seeds_of
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_what_a_fuzzer_begins_with_and_what_it_found_goes_through(target: str) -> None:
    for seed in seeds_of(target):
        TARGETS[target](seed)


def test_what_was_found_is_of_a_target_there_is() -> None:
    assert {each.name for each in FOUND.iterdir() if any(each.iterdir())} <= TARGETS.keys()


LONG = 300_000
REPEATED = (
    "a ", '"', "-", "court:", "court:ianb,", "( ", "1", "123 ", "4111 1111 1111 1111 ", "\n", "\t",
    "'", "=", "\u0301", "é", "a=b,", "x ext", "# ", "- ", "a: ", "[", "? ", "&a ", "!", "{a: ",
    "|\n", "9:", "..", "\x1b[", "mon ", "a:b=c,", "'\t", "''", "\u200d", "\U0001f1e6",
)  # fmt: skip


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "target", ["queries", "terminal-text", "times", "phones", "import-values", "settings"]
)
def test_a_long_text_of_one_sign_keeps_nothing_busy(target: str) -> None:
    """Each takes a fraction of a second; what is quadratic would take hours."""
    for sign in REPEATED:
        TARGETS[target]((sign * (LONG // len(sign))).encode())
