"""What an old call log says of courts, symptoms and clerks, read against the desk."""

from __future__ import annotations

from collections import Counter

from helpdesk.desk.desk import Desk
from helpdesk.desk.history_words import place_named
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.imports import Options

_CLEARLY = 1.2
"""How much better the first playbook must fit a text than the second."""

_WELL = 6.0
_WORDS = 2
"""So well, and by so many words, a text must fit the first."""

_LONGEST = 200


class Named:
    """Finds what texts of a log name; each text is looked up once."""

    def __init__(self, desk: Desk, options: Options) -> None:
        """Begin with nothing read.

        Args:
            desk: The desk.
            options: What a person said about rows that name no court.

        Raises:
            NotFound: When a person named a court or an office that is not there.
        """
        self._desk, self._options = desk, options
        self._places: dict[tuple[str, str], tuple[Court, Office]] = {}
        self._symptoms: dict[str, str] = {}
        self._courts = {
            said.casefold(): court.id
            for court in desk.courts.values()
            for said in (court.name, court.short, court.id)
        }
        self._books = {
            said.casefold(): slug
            for slug, book in desk.library.playbooks.items()
            for said in (*book.phrases, *book.codes, book.title, slug.replace("-", " "), slug)
        }
        self.symptoms_seen: Counter[str] = Counter()
        """How often each text of a symptom was read."""
        if options.court:
            self.place("", "")

    def place(self, court: str, office: str) -> tuple[Court, Office]:
        """Find a court and its office.

        Args:
            court: Its id or name; empty for what the options say, or the desk's own.
            office: The office's id or name; empty for the first.

        Returns:
            Both.

        Raises:
            NotFound: When there is none.
        """
        key = (court, office)
        if key not in self._places:
            self._places[key] = self._place(*key)
        return self._places[key]

    def symptom(self, text: str) -> str:
        """Find a symptom.

        Args:
            text: Its slug, title, code or one of its phrases, or words that clearly mean it.

        Returns:
            The slug; empty when none is clearly meant.
        """
        if not text:
            return ""
        self.symptoms_seen[text] += 1
        if text not in self._symptoms:
            said = " ".join(text.casefold().split())
            self._symptoms[text] = self._books.get(said) or self._meant(text)
        return self._symptoms[text]

    def symptoms(self) -> list[tuple[str, str, int]]:
        """Every text of a symptom that was no name of one: slug or empty, and how often."""
        return [
            (text, self._symptoms[text], count)
            for text, count in self.symptoms_seen.most_common()
            if text.casefold() not in self._books
        ]

    def _place(self, court: str, office: str) -> tuple[Court, Office]:
        if not court:
            court, office = self._options.court, office or self._options.office
        if not court:
            home = self._desk.home_court
            return place_named(self._desk, home.id, office or self._desk.home_office.id)
        found = self._desk.court(self._courts.get(court.casefold(), court))
        named = {each.name.casefold(): each.id for each in found.offices}
        return place_named(self._desk, found.id, named.get(office.casefold(), office))

    def _meant(self, text: str) -> str:
        """The playbook that fits well and clearly best."""
        found = self._desk.finder.find(text[:_LONGEST])
        if not found or found[0].score < _WELL or len(found[0].why) < _WORDS:
            return ""
        clearly = len(found) == 1 or found[0].score > found[1].score * _CLEARLY
        return found[0].slug if clearly else ""
