"""The wallboard, for the wall or the second monitor: it needs no key, and names no caller."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from helpdesk.desk.wallboard import wallboard
from helpdesk.domain.home import DuePromise, RunningCall
from helpdesk.domain.wallboard import Today, Wallboard, chart_of
from helpdesk.domain.words import unusual_said
from helpdesk.tui.incident_rows import incident_said
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.wall import ASIDE, DayChart, Figure, WallList, cells_wanted
from helpdesk.tui.words import clock, fitted, moment, promise_words

_WIDE = 56
_MARGIN = 2


class WallScreen(ListScreen):
    """Today against the usual, who is on a call, what is due, what is out."""

    TITLE_OF_SCREEN = "wallboard"
    DEFAULT_CSS = """
    WallScreen {
        #figures { height: 5; }
        #out { height: auto; max-height: 2; display: none; }
        #out.-alert { display: block; }
        #lists { height: 2fr; min-height: 4; }
    }
    WallScreen.-high #out { max-height: 5; }
    """

    def __init__(self) -> None:
        """Begin with nothing fetched."""
        super().__init__()
        self._wall: Wallboard | None = None

    def body(self) -> ComposeResult:
        """Large figures, what is out, the day, two lists."""
        with Horizontal(id="figures"):
            yield Figure("CALLS TODAY", "calls")
            yield Figure("ON A CALL", "going")
            yield Figure("PROMISES DUE", "due")
            yield Figure("OUT OR UNUSUAL", "alarms")
        yield WallList("out")
        yield DayChart()
        with Horizontal(id="lists"):
            yield WallList("on-calls")
            yield WallList("promised")

    def live(self) -> tuple[str, ...]:
        """What the lists share; leaving, also where it hangs alone."""
        live = super().live()
        return live if self.GOING or self.console.view is not None else ("leave", *live)

    def moving(self) -> tuple[str, ...]:
        """Nothing moves here."""
        return ()

    async def refreshed(self) -> None:
        """Fetch everything."""
        self._wall = await self.console.thread.read(wallboard)
        self._show(self._wall)

    def resized(self) -> None:
        """Choose anew what of the day there is room for."""
        if self._wall is not None:
            self._show(self._wall)

    def show_lines(self) -> None:
        """Let the clocks of the calls run on, too."""
        super().show_lines()
        if self._wall is not None and self.stands:
            self._show_lists(self._wall, self.console.desk.clock.now())

    def _show(self, wall: Wallboard) -> None:
        now = self.console.desk.clock.now()
        self._show_figures(wall)
        self._show_out(wall, now)
        chart = self.query_one(DayChart)
        room = (self.size.width - _MARGIN - ASIDE) // cells_wanted(wall.today.parts)
        drawn = chart_of(wall.today, now, wall.hours, room)
        blocks = self.console.desk.settings.lines
        title = _chart_title(wall.today, hourly=drawn.hourly, blocks=blocks)
        outside = {"earlier": drawn.before, "later": drawn.after}
        title += "".join(f"   {count} {when}" for when, count in outside.items() if count)
        chart.show(drawn, title, now, blocks=blocks)
        self._show_lists(wall, now)

    def _show_figures(self, wall: Wallboard) -> None:
        usual = wall.today.usual_so_far
        against = "no day to compare" if usual is None else f"usually {usual:,.0f} by now"
        figure = {each.id: each for each in self.query(Figure)}
        figure["calls"].show(wall.today.came, against)
        parked = sum(call.parked for call in wall.calls)
        figure["going"].show(len(wall.calls), f"{parked} parked" if parked else "none parked")
        late = f"! {wall.late:,} LATE" if wall.late else "none late"
        figure["due"].show(wall.due, late, alert=bool(wall.late))
        out = len(wall.incidents) + len(wall.unusual)
        said = f"! {len(wall.incidents)} declared" if wall.incidents else ""
        said = said or ("! more than usual" if out else "all as usual")
        figure["alarms"].show(out, said, alert=bool(out))

    def _show_out(self, wall: Wallboard, now: int) -> None:
        titles, zone = self.console.symptom_title, self.console.desk.home_office.zone
        lines = [f"incident {incident_said(each, titles, zone, now)}" for each in wall.incidents]
        lines += [unusual_said(each, titles, zone) for each in wall.unusual]
        out = self.query_one("#out", WallList)
        out.set_class(bool(lines), "-alert")
        out.show("", lines, len(lines))

    def _show_lists(self, wall: Wallboard, now: int) -> None:
        wide = self.size.width // 2 >= _WIDE
        calls = [self._call_said(each, now, wide=wide) for each in wall.calls]
        promises = [self._promise_said(each, now, wide=wide) for each in wall.promises]
        head = "ON A CALL" if calls else "Nobody is on a call."
        self.query_one("#on-calls", WallList).show(head, calls, len(calls))
        head = "PROMISED UNTIL TONIGHT" if promises else "Nothing is promised for today."
        self.query_one("#promised", WallList).show(head, promises, max(wall.due, len(promises)))

    def _call_said(self, call: RunningCall, now: int, *, wide: bool) -> str:
        kind = {"hold": "PARKED", "wrap": "wrap"}.get(call.running, "")
        said = f"{fitted(call.clerk.upper(), 8)} {clock(now - call.since):>7} {kind:<6} "
        said += f"{call.number}  " if wide else ""
        return said + f"{call.court.upper():<5}{self.console.symptom_title(call.symptom) or '-'}"

    def _promise_said(self, promise: DuePromise, now: int, *, wide: bool) -> str:
        sign, what = promise_words(promise, now)
        when = moment(promise.due_at, self.console.desk.home_office.zone, now)
        said = f"{sign:<6} {when:<10} " if wide else f"{sign[:1] or ' '} {when:<10} "
        said += f"{fitted(promise.clerk.upper(), 8)} {promise.number} {promise.court.upper():<5}"
        return said + (f"{what}: {self.console.symptom_title(promise.symptom)}" if wide else "")


def _chart_title(today: Today, *, hourly: bool, blocks: bool) -> str:
    now, usual = ("█", "░") if blocks else ("#", ":")
    by = "hour" if hourly else "half hour"
    many = f"{today.days} {today.weekday}{'s' if today.days != 1 else ''}"
    mean = f"mean of {many}" if today.days else f"no {today.weekday} before"
    return f"CALLS BY {by.upper()}   {now} today   {usual} usual ({mean})"
