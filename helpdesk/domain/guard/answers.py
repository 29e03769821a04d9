"""Answers to security questions: a mother's maiden name, a first pet, a school, a city."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.shapes import is_mixed, is_ordinary, is_plain
from helpdesk.domain.guard.words import Word

_STRONG: Final = (
    r"mmn|(?:m[oa]i?den|madien|maidan|maden)\s+name|"
    r"(?:\w{2,9}\s+grade\s+)teacher(?:'?s?\s+name)?|(?:where\s+)?parents\s+met(?:\s+(?:in|at))?|"
    r"(?:mother|mom|mum|dad|father|grandmother|grandma|grandfather|spouse|wife|husband|sibling|"
    r"brother|sister|"
    r"cousin|nephew|niece|uncle|aunt|child|son|daughter)'?s?\s+(?:maiden|middle|first|"
    r"birth)\s+name|"
    r"(?:first|1st|childhood|fav(?:e|ou?rite?)?\.?|current)\s+(?:pet|dog|cat|car|vehicle|"
    r"teacher|concert|boss|"
    r"kiss|job|employer|school|crush|girlfriend|boyfriend|roommate|nickname|friend|hero|street|"
    r"home|"
    r"address|address\s+street|movie|film|book|colou?r|team|sports?\s+team|baseball\s+team|"
    r"football\s+team|food|dish|"
    r"band|singer|song|author|sport|place|subject|vacation(?:\s+spot)?|holiday|city|animal|drink|"
    r"ice\s+cream|dessert|restaurant|actor|actress|president|flower|season|superhero|cartoon|game|"
    r"number|uncle|aunt|cousin|instrument|beach|president|hobby|fruit|candy|show|"
    r"tv\s+show)(?:'?s?\s+name)?|"
    r"(?:pet|dog|cat)'?s?(?:\s+(?:first\s+)?name)|name\s+of\s+(?:\w+\s+){0,3}(?:pet|dog|cat|"
    r"school|teacher|"
    r"street|hospital|mascot|friend|college|company|boss|mother|father|horse)|"
    r"(?:city|town|place|state|county|country|village|hospital)\s+(?:of\s+(?:\w+\s+)?birth|"
    r"(?:(?:in|where)\s+)?(?:which\s+)?(?:\w+\s+)?(?:was|were)?\s?born(?:\s+in)?)|"
    r"birth\s?-?(?:place|city|town|state)|"
    r"street\s+(?:\w+\s+){0,3}grew\s+up(?:\s+(?:on|in))?|grew\s+up\s+(?:on|in)|"
    r"best\s+friend(?:'s\s+name)?|"
    r"honeymoon(?:\s+(?:city|place|spot|location|destination))?|school\s+mascot|mascot|"
    r"(?:elementary|grade|grammar|primary|middle|junior\s+high|"
    r"high)\s+school(?:'s)?(?:\s+(?:name|mascot|attended))?|"
    r"memorable\s+(?:word|place|name|date)|(?:secret|challenge|recovery|"
    r"security)\s+(?:question\s+)?"
    r"(?:answers?|response|word|phrase)|(?:met|proposed\s+to)\s+(?:his|her|your|my)\s+(?:wife|"
    r"husband|spouse)(?:\s+(?:in|at))?|"
    r"(?:security|secret|challenge)\s+(?:questions?|q's?|qs?|quest(?:ion)?)(?:\s+(?:no\.?|"
    r"#)?\s?\d)?(?:\s*\((?:[^()]{1,40})\))?|"
    r"answers?\s+to\s+(?:\w+\s+){0,3}questions?|where\s+(?:did\s+)?(?:you|he|she|"
    r"they)\s+m[ee]e?t\s+\w+|"
    r"sec\s+(?:q|question|answer|ans)|wedding\s+(?:city|place|location|venue)|"
    r"college\s+(?:attended|name)|nickname|anniversary|make\s+of\s+(?:\w+\s+){0,2}car|born"
)
_GLUE: Final = (
    r"(?:is|was|were|are|be|to|as|reads|equals|answered|named|called|listed|given|set|said|says|"
    r"gave|answers|a|typed|types|puts|enters|writes|tries|tried|using|wrote|"
    r"entered|uses|used|put|he|she|they|it|her|his|answer|ans|in|on|at|from|the|now|still|a|"
    r"with|correct|"
    r"caller|question|attended|went|of|told|me|us|by|phone|and|for|that|says|right|accepted|"
    r"gives|file|record|mother|pet|school|city|teacher|town|mr|mrs|ms|miss|dr|old)"
)
_TOPIC: Final = re.compile(
    rf"(?<![a-z])(?P<topic>{_STRONG})(?![a-z])(?P<link>[^\w]{{0,6}}(?:\b{_GLUE}\b[^\w]{{1,4}}){{0,8}})"
    r"(?P<value>[\w@$!#&*'-]+)",
    re.IGNORECASE,
)
_HINTS: Final = frozenset(
    "mmn met teacher name pet dog cat school born birth grew friend honeymoon mascot security "
    "secret challenge "
    "recovery memorable met proposed sec wedding college anniversary nickname make first 1st "
    "favorite favourite favorit fav fave childhood current birthplace birth-place birthcity "
    "birthtown answer answers answered question maiden madien maidan maden moiden".split()
)
_BACK: Final = re.compile(
    rf"(?P<value>(?<![\w'-])[A-Z][\w'-]+)[\"')]?\s+(?:(?:is|was|as|for)\s+)(?:(?:the|his|her|"
    rf"their|a)\s+)*"
    rf"(?P<topic>{_STRONG})(?![a-z])(?!\s+(?:question|mismatch|does|field))",
    re.IGNORECASE,
)
_ANSWERED: Final = re.compile(
    r"(?<![a-z])answer(?:s|ed|ing)?(?:[^\w]{1,3}(?:with|is|are|was|as|given|gave|that|he|she|"
    r"they|were|to|it)\b){0,4}"
    r"(?P<link>[^\w]{1,4})(?P<value>[\w@$!#&-]+)",
    re.IGNORECASE,
)
_GAVE: Final = re.compile(
    r"(?<![a-z])(?:answer(?:s|ed|ing)?|puts?|typed|types|gave|gives|entered|enters|used|uses|"
    r"using|said|says|tried|tries)"
    r"[^\w]{1,3}(?P<value>[A-Z][\w'-]+(?:\.? [A-Z][\w'-]+){0,2})[^\w]{1,3}(?:to|for|on|as|"
    r"in)\s+(?:the|his|her|a|that|their)?\s*"
    r"(?:[\w']+\s+){0,4}(?:question|maiden|answer)"
)
_REPLY: Final = re.compile(
    r"(?<![a-z])answer(?:s|ed)?[:\s]+(?:(?:the )?[a-z]+ question )?(?:(?:he|she) (?:gives|gave|"
    r"puts|uses|types|typed) )?"
    r"(?:is |was |with |as )?(?:on (?:his|her|the|their) (?:account|profile) (?:is |was ))?"
    r"(?P<value>(?:\d{4} )?[A-Z][a-z'-]+\.?(?: [A-Z][\w'-]+){0,2})(?!\w)"
)
_FINAL: Final = re.compile(
    r"\b(?:is|was|:)\s+(?P<value>[A-Z][\w'-]+(?:\.? [A-Z][\w'-]+){0,2}),?\s+(?:that|which|"
    r"this)(?:'s| is| was)\s+"
    r"(?:the|his|her|their|a)\s+(?:security |secret |challenge )?(?:question )?answer"
)
_BIRTHPLACE: Final = re.compile(
    r"\b(?:city|town|where|mother|mom|father|dad|birth\w*|answer\w*|parents?|question|security|"
    r"secret|challenge|verif\w+|identity)\b",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"(?P<value>(?<![\w'-])[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)[\"')]?\s*[-=:(,]{1,2}\s*(?:is |"
    r"was )?(?:the |his |her |their )?"
    r"answer\s+(?:to|for|on)\b"
)
_NEAR: Final = 120
_STATES: Final = frozenset(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia "
    "hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts "
    "michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon "
    "pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming".split()
)
_PERSONAL: Final = re.compile(
    r"\b(?:pet|maiden|teacher|mascot|school|city|birthplace)\b", re.IGNORECASE
)
_SHORT: Final = re.compile(
    r"(?<![a-z])(?:school|pet|city|town|car|colou?r|street|teacher|dog|cat|mother|mascot|friend)"
    r"[ :=-]{1,3}(?P<value>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)
_ASKED: Final = re.compile(r"question|security|secret|challenge", re.IGNORECASE)
_MUST_LINK: Final = re.compile(
    r"nickname|anniversary|college|mascot|best\s+friend|.*school|grew.*|current.*|.*question.*|"
    r".*quest|.*\sqs?|"
    r".*answers?|honeymoon.*|born|first.*|childhood.*|.*address.*",
    re.IGNORECASE | re.DOTALL,
)
_LINKED: Final = re.compile(
    r"[:=>\"'(?]|-|,|\b(?:is|was|were|are|be|as|named|called|reads|equals|in|on|at|answer|"
    r"answered|ans)\b",
    re.IGNORECASE,
)
_OTHER: Final = frozenset(
    "unknown none not no yes asked rejected wrong forgotten the pacer it he she they this that "
    "what reset changed blank caller question answer user page screen form".split()
)
_HYPHEN: Final = re.compile(r"(?<=[A-Za-z])-(?=[A-Za-z])")
_NAME: Final = re.compile(r" [A-Z][a-z]{2,}")
_MORE: Final = re.compile(r"[ \t]+([\w@$!#&*'-]+)")


def find_answers(text: str, words: Sequence[Word]) -> Iterator[Secret]:
    """Find answers to security questions.

    Args:
        text: The folded text.
        words: Its words.

    Yields:
        The answers, each behind what was asked, or before it.
    """
    if not any(each.low.removesuffix("'s").rstrip("'") in _HINTS for each in words):
        return
    found = [*_asked(_HYPHEN.sub(" ", text))]
    if _ASKED.search(text) or "nswer" in text:
        found += _given(text)
    if _ASKED.search(text):
        found += _named(text)
    found += [
        match.span("value")
        for match in _BACK.finditer(text)
        if match["topic"].lower() != "born" and is_plain(match["value"])
    ]
    for start, end in found:
        yield Secret("an answer to a security question", start, end)


def _asked(text: str) -> Iterator[tuple[int, int]]:
    """Answers behind what was asked, with the names that follow them."""
    for match in _overlapping(text):
        if not _is_answer(match):
            continue
        end = match.end("value")
        for _ in range(3):
            more = _MORE.match(text, end)
            if more is None or not (is_plain(more[1]) or is_mixed(more[1])):
                break
            end = more.end()
        yield match.start("value"), end


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Names behind a topic's bare word, and what was answered, in a note about questions."""
    for match in _SHORT.finditer(text):
        if match["value"].istitle() and any(map(is_plain, match["value"].split())):
            yield match.span("value")
    for match in _ANSWERED.finditer(text):
        signed = set(match["link"]) & {'"', "'", ":", "="} or match[0].count(" ") > 1
        if signed and (is_plain(match["value"]) or is_mixed(match["value"])):
            yield match.span("value")


def _given(text: str) -> Iterator[tuple[int, int]]:
    """Names that are said to be the answer given."""
    asked = _ASKED.search(text) is not None
    asked = asked or _PERSONAL.search(text) is not None
    for pattern in (_GAVE, _REPLY, _FINAL, _BEHIND) if asked else (_GAVE, _FINAL):
        for match in pattern.finditer(text):
            names = re.findall(r"[\w'-]+", match["value"])
            if (len(names) > 1 or is_plain(names[0])) and names[0].lower() not in _OTHER:
                yield match.span("value")


def _overlapping(text: str) -> Iterator[re.Match[str]]:
    """Every topic with what follows it; what follows may be a topic itself."""
    at = 0
    while match := _TOPIC.search(text, at):
        yield match
        at = match.end("topic")


def _around(match: re.Match[str]) -> str:
    """What stands near a match; the whole text would be looked at once for each match."""
    return match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]


def _is_answer(match: re.Match[str]) -> bool:
    value, topic, link = match["value"], match["topic"], match["link"]
    low = value.lower()
    linked = bool(_LINKED.search(link))
    if topic.lower() == "born":
        if low in _STATES and not _BIRTHPLACE.search(_around(match)):
            return False
        return is_plain(value) and re.search(r"\b(?:in|at)\W*\Z", link) is not None
    if "?" in link and not value.istitle():
        return False
    if is_ordinary(low) or low in _OTHER or (value.isdigit() and not linked):
        return False
    if _MUST_LINK.fullmatch(topic) and not linked:
        return (
            is_plain(value)
            and value.istitle()
            and (
                topic[-1] == ")"
                or not topic.lower().startswith(("security q", "secret q", "high"))
            )
        )
    if is_plain(value) or is_mixed(value):
        return True
    if linked and value.istitle() and _NAME.match(match.string, match.end("value")):
        return True
    after = match.string[match.end("value") : match.end("value") + 2]
    return (
        linked
        and value.istitle()
        and not _around(match).isupper()
        and after[:1] in {"", ".", ",", ";", '"', "'", ")", "\n"}
    )
