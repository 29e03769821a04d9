"""``helpdesk playbooks`` for who keeps them: compared, tried, and what they were used for."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say
from helpdesk.cli.reporting import Asked, check_form, give_out, report_options
from helpdesk.desk.abouts import about_period
from helpdesk.desk.comparing_versions import compare_versions
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.figures import period_of_report, playbook_figures
from helpdesk.desk.playbook_copies import text_in_use
from helpdesk.desk.playbooks import get_playbook, used_playbook
from helpdesk.desk.symptoms import missed_phrases
from helpdesk.desk.trial import CALLER, Trial, try_playbook
from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, Step
from helpdesk.domain.report_about import footed
from helpdesk.errors import HelpdeskError

TEXTS_IN_USE = {
    "shipped": ("shipped; this desk's file is broken", "the shipped playbook"),
    "before": ("this desk, as it was; its file is broken", "what it was before"),
    "": ("this desk; the file is broken", "what of it can be used"),
}
"""How the text in use while the desk's file is broken is told: in the list, and in a sentence."""

_KEYS = {"y": YES, "n": NO, "d": DONT_KNOW, "": DONE}


@click.command()
@click.argument("slug")
@click.argument("old", type=click.IntRange(min=1), required=False)
@click.argument("new", type=click.IntRange(min=1), required=False)
@click.option("--court", metavar="ID", default="", help="The court it is resolved for.")
@click.pass_obj
def diff(folder: Folder, slug: str, old: int | None, new: int | None, court: str) -> None:
    """Show what is different between two versions: OLD (the one used last) and NEW (the file)."""
    with opened(folder) as desk:
        books = [each.slug for each in desk.library.playbooks.values() if slug in each.codes]
        lines = compare_versions(desk, books[0] if books else slug, court, old, new)
    for text in lines:
        say(text)
    if lines[2:] == ():
        remark("Nothing is different.")


@click.command("try")
@click.argument("slug")
@click.option("--court", metavar="ID", default="", help="The court that the caller is about.")
@click.pass_obj
def try_(folder: Folder, slug: str, court: str) -> None:
    """Walk a playbook without a call, with a made-up caller; nothing is written down."""
    with opened(folder) as desk:
        book = get_playbook(desk, slug)
        remark_broken(desk, book.slug)
        trial = try_playbook(desk, book, court)
        remark(f"{trial.run.playbook.title}: {CALLER} calls. b back, e the e-mail, q leaves.")
        _show(trial)
        for typed in _typed():
            if typed == "q":
                return
            if typed == "e":
                say(trial.letter().text)
                continue
            try:
                _take(trial, typed)
            except HelpdeskError as refusal:
                remark(f"helpdesk: {refusal}")
                continue
            _show(trial)


@click.command()
@click.argument("slug")
@report_options
@click.pass_obj
def figures(folder: Folder, slug: str, asked: Asked) -> None:
    """Show how often each version of a playbook was used, how long, and where calls ended."""
    check_form(asked)
    with opened(folder) as desk:
        period = period_of_report(desk, asked.first, asked.last, asked.court)
        slug = used_playbook(desk, slug)
        table = playbook_figures(desk, slug, period, asked.court)
        about = about_period(desk, f"playbook-{slug}", period, asked.court)
        give_out(desk, footed(table, about), asked, about)


@click.command()
@report_options
@click.pass_obj
def missed(folder: Folder, asked: Asked) -> None:
    """List what was typed and found nothing, or not the playbook that was chosen."""
    check_form(asked)
    with opened(folder) as desk:
        period = period_of_report(desk, asked.first, asked.last, asked.court)
        table = missed_phrases(desk, period, asked.court)
        about = about_period(desk, "missed-phrases", period, asked.court)
        give_out(desk, footed(table, about), asked, about)


def remark_broken(desk: Desk, slug: str) -> None:
    """Say that a playbook is not what its file has, when that is broken.

    Args:
        desk: The desk.
        slug: The playbook.
    """
    broken, text = text_in_use(desk, slug)
    if broken is not None:
        remark(
            f"helpdesk: {broken} is broken: {TEXTS_IN_USE[text][1]} is in use. "
            "helpdesk playbooks check says what is wrong."
        )


def _typed() -> Iterator[str]:
    """What is typed, a line each, until there is no more; nothing without an input."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    for line in sys.stdin or ():
        yield line.strip().lower()


def _take(trial: Trial, typed: str) -> None:
    step = trial.run.current
    if typed == "b":
        trial.back()
        return
    choices = step.choices() if step else ()
    if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(choices):
        trial.answer(choices[int(typed) - 1].key)
    else:
        trial.answer(_KEYS.get(typed, typed))


def _show(trial: Trial) -> None:
    run = trial.run
    say()
    if run.current is None:
        say("The playbook ends here.")
        return
    where = " > ".join(book.title for book in (run.playbook, *run.within))
    say(f"{where}, step {len(run.passed) + 1} of about {run.length}: {run.current.id}")
    for label in ("say", "do", "ask", "why"):
        if text := getattr(run.current, label):
            say(f"  {label.upper():4} {trial.said(text)}")
    for text in _ways(run.current):
        say(f"  {text}")


def _ways(step: Step) -> Iterator[str]:
    names = {answer: key for key, answer in _KEYS.items()}
    choices = [answer.key for answer in step.choices()]
    for answer in step.answers:
        key = names.get(answer.key) or str(choices.index(answer.key) + 1)
        yield f"[{key}] {answer.key}"
    if step.hand_over:
        yield f"[enter] go on in {step.hand_over}"
    elif step.next:
        yield "[enter] said and done, next"
    elif not step.answers:
        yield f"ends: {step.outcome or 'the end'}"
