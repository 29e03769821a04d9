"""What of a text that is still being typed may be saved already."""

from __future__ import annotations

import re
from typing import Final

from helpdesk.domain.guard.finding import find_secrets
from helpdesk.domain.guard.folding import folded
from helpdesk.domain.guard.labels import label_kind
from helpdesk.domain.guard.spelled import is_spelling

_WORD: Final = re.compile(r"\S+")
_ANNOUNCES: Final = frozenset(
    "social maiden pet dog cat school mascot birthplace honeymoon nickname favorite favourite "
    "childhood anniversary grew mother's mother mom's key secret security".split()
)


def safe_to_save(text: str) -> str:
    """What of a text that is still being typed may be saved already.

    Args:
        text: What stands in the box.

    Returns:
        The finished words of each line, up to a word that announces a secret or to a secret.
    """
    finished = text[: _unfinished(text)]
    secrets = find_secrets(text)
    lines, begin, past = [], 0, 0
    for line in finished.split("\n"):
        stop = _stop(line)
        while past < len(secrets) and secrets[past].end <= begin:
            past += 1
        if past < len(secrets) and secrets[past].start < begin + len(line):
            stop = min(stop, max(0, secrets[past].start - begin))
        lines.append(line[:stop])
        begin += len(line) + 1
    return "\n".join(lines)


def _stop(line: str) -> int:
    """Where a line stops being saved: behind the first word that announces a secret."""
    of_bank = False
    for word in _WORD.finditer(line):
        if of_bank and any(sign.isdigit() for sign in word[0]):
            return word.start()
        for part in re.finditer(r"[^\W_]+(?:['/&.-][^\W_]+)*#?", folded(word[0]).text):
            low = part[0].lower()
            kind = label_kind(low)
            of_bank = of_bank or kind == "bank"  # only digits are secret behind "account"
            if (kind and kind != "bank") or low in _ANNOUNCES:
                found = line.lower().find(part[0].lower(), word.start())
                return found + len(part[0]) if found >= 0 else word.start()
    return len(line)


def _unfinished(text: str) -> int:
    """Where the last word begins, or the numbers and spelled letters that go before it."""
    begin = len(text)
    last = True
    for word in reversed(list(_WORD.finditer(text[-400:]))):
        offset = max(0, len(text) - 400)
        whole = word[0]
        open_end = last and word.end() + offset == len(text)
        last = False
        if open_end or is_spelling(folded(whole).text):
            begin = word.start() + offset
            continue
        break
    return begin
