-- Statistics: what was known at a past moment, and sums of whole days that are checkable
-- against the rows.

CREATE INDEX journal_at ON journal(at);         -- what was written after a moment

CREATE TABLE rollup(
    day TEXT NOT NULL,              -- the date in the zone of the desk's own office
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    part TEXT NOT NULL CHECK(part IN ('symptom', 'clerk', 'slot')),
    value TEXT NOT NULL,            -- which symptom, clerk or half hour
    figures TEXT NOT NULL,          -- counts, and how often each number of seconds occurs
    PRIMARY KEY(day, part, court, office, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_day(
    day TEXT PRIMARY KEY,
    zone TEXT NOT NULL,
    definitions INTEGER NOT NULL,   -- by which definitions it was summed up
    head INTEGER NOT NULL           -- the change token that it was summed up at
) STRICT, WITHOUT ROWID;
