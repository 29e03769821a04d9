-- Statistics: what was known at a past moment, and sums of whole days that are checkable
-- against the rows.

CREATE INDEX journal_at ON journal(at);         -- what was written after a moment

CREATE INDEX status_span_from ON status_span(from_at, status, to_at, ticket);

CREATE TABLE rollup(
    day TEXT NOT NULL,              -- the date in the zone of the desk's own office
    part TEXT NOT NULL CHECK(part IN ('symptom', 'clerk', 'slot')),
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    figures TEXT NOT NULL,          -- by symptom, clerk or half hour: counts and seconds
    PRIMARY KEY(part, day, court, office)
) STRICT;

CREATE TABLE rollup_day(
    day TEXT PRIMARY KEY,
    zone TEXT NOT NULL,
    definitions INTEGER NOT NULL,   -- by which definitions it was summed up
    head INTEGER NOT NULL           -- the change token that it was summed up at
) STRICT, WITHOUT ROWID;
