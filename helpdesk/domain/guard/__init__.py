"""Keeps secrets out of everything that is written down (DESIGN §5, facts.md §20 and §21).

Several detectors look at a text independently: numbers with a check sum or a shape of their own,
values behind a label, dates of birth, answers to security questions, words that are evidently
passwords, and what was spelled out. Of a text that is still being typed only the finished,
harmless words may be saved.
"""

from __future__ import annotations

from helpdesk.domain.guard.finding import blanked, find_secret, find_secrets
from helpdesk.domain.guard.numbers import passes_luhn
from helpdesk.domain.guard.saving import safe_to_save
from helpdesk.domain.guard.secret import Secret

__all__ = ["Secret", "blanked", "find_secret", "find_secrets", "passes_luhn", "safe_to_save"]
