"""How nearly two spellings are the same.

Python's own work: a compiled library for it takes 6 MB of a console and 60 ms when it is first
wanted, and there are never many words to compare.
"""

from __future__ import annotations


def slips(typed: str, known: str, most: int) -> int:
    """Count the slips between two spellings: a letter wrong, missing, too many, or two swapped.

    Args:
        typed: What was typed.
        known: A known word.
        most: How many slips are still of interest.

    Returns:
        The number of slips, or ``most + 1`` when there are more.
    """
    if abs(len(typed) - len(known)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(known) + 1))
    letter_above = ""
    for down, letter in enumerate(typed, 1):
        two_above, above, row = above, row, [down]
        least = down
        for across, other in enumerate(known):
            if letter == other:
                least = above[across]
            else:
                least = 1 + min(least, above[across], above[across + 1])
                if across and other == letter_above and letter == known[across - 1]:
                    least = min(least, two_above[across - 1] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
        letter_above = letter
    return min(row[-1], most + 1)


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, letters left out of either counted.

    Args:
        one: A text.
        other: Another.

    Returns:
        1 where they are the same, 0 where no letter is common.
    """
    together = len(one) + len(other)
    row = [0] * (len(other) + 1)  # the most letters in common, in order, of what was seen of one
    for letter in one:
        corner = 0
        for across, each in enumerate(other, 1):
            above = row[across]
            row[across] = corner + 1 if letter == each else max(above, row[across - 1])
            corner = above
    return 1.0 - (together - 2 * row[-1]) / together if together else 1.0
