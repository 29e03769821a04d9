"""Calls as statistics see them, for tests of pure sums."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from helpdesk.stats.facts import CallFact

DAY = 86_400
BLANK = CallFact(
    id=1, ticket=1, caller=1, firm="", clerk=1, court="ianb", office="sioux-city", symptom="a",
    direction="in", started_at=0, ended_at=60, wrapped_at=60, talk_s=50, hold_s=0,
    wrap_s=10, outcome="resolved", touched=1, test=0, void=0, edited=0, clock_changed=0,
    overridden=0, reopened=0, precision="second", first=1,
)  # fmt: skip


def fact(**said: Any) -> CallFact:  # noqa: ANN401 - any column
    """A resolved call of a minute, but for what is said."""
    return BLANK._replace(**said)


@st.composite
def facts(draw: st.DrawFn) -> list[CallFact]:
    """Some calls of a few callers, clerks and symptoms within three weeks, the first first."""
    found = draw(
        st.lists(
            st.builds(
                fact,
                caller=st.sampled_from([None, 1, 2]),
                clerk=st.sampled_from([1, 2, 3]),
                office=st.sampled_from(["sioux-city", "cedar-rapids"]),
                symptom=st.sampled_from(["", "a", "b"]),
                direction=st.sampled_from(["in", "in", "in", "out"]),
                started_at=st.integers(0, 21 * DAY),
                talk_s=st.one_of(st.none(), st.integers(0, 20_000)),
                outcome=st.sampled_from([None, "resolved", "resolved", "referred", "dropped"]),
                touched=st.sampled_from([1, 1, 0]),
                test=st.sampled_from([0, 0, 0, 1]),
                void=st.sampled_from([0, 0, 0, 1]),
                reopened=st.sampled_from([0, 0, 1]),
                first=st.sampled_from([0, 1]),
            ),
            max_size=25,
        )
    )
    ordered = sorted(found, key=lambda each: each.started_at)
    return [each._replace(id=place, ticket=place) for place, each in enumerate(ordered, 1)]
