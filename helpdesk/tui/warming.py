"""What the first call and the first search need is made ready once the first screen stands."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from helpdesk.errors import HelpdeskError
from helpdesk.tui.heap import GIVE_BACK_SECONDS, give_back

if TYPE_CHECKING:
    from helpdesk.tui.console import Console


async def warm_up(console: Console) -> None:
    """Have ready what the first call and the first search need.

    Args:
        console: The running console.
    """
    from helpdesk.desk.keeping_up import keep_up  # noqa: PLC0415 - after the first screen
    from helpdesk.desk.symptoms import rank_symptoms  # noqa: PLC0415 - after the first screen
    from helpdesk.desk.tickets import query_of  # noqa: PLC0415 - after the first screen
    from helpdesk.tui.erasing import erases_in_colour  # noqa: PLC0415 - after the first screen

    for each in ("helpdesk.domain.entries", "helpdesk.tui.ready_call"):
        await asyncio.to_thread(import_module, each)
    if not console.is_running:
        return
    await console.ready_call.prepare()
    console.painted.erases = await asyncio.to_thread(erases_in_colour)
    with suppress(HelpdeskError):
        await console.thread.read(rank_symptoms, "warm")
        await console.thread.read(query_of, "warm symptom:warm opened:today", half_typed=True)
    console.thread.beside(keep_up)
    console.is_warm = True
    if not gc.isenabled():  # as the start of the program put it off
        gc.collect()  # 30,000 objects of the start that would be kept for good
        gc.freeze()
        gc.enable()
    console.set_interval(GIVE_BACK_SECONDS, give_back)
    console.playbook_watch.say_broken()
