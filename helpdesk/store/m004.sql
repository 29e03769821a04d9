-- Statistics: what was known at a past moment, and sums of whole days that are checkable
-- against the rows.

CREATE INDEX journal_at ON journal(at);         -- what was written after a moment

CREATE INDEX status_span_from ON status_span(from_at, status, to_at, ticket);

CREATE TABLE rollup(
    day TEXT NOT NULL,              -- the date in the zone of the desk's own office, or the month
    part TEXT NOT NULL CHECK(part IN ('whole', 'symptom', 'clerk', 'slot', 'ticket')),
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    figures TEXT NOT NULL,          -- by symptom, clerk or half hour: counts and seconds
    PRIMARY KEY(part, day, court, office)
) STRICT;

CREATE TABLE rollup_day(
    day TEXT PRIMARY KEY,           -- a date, or a month all of whose days are summed up
    zone TEXT NOT NULL,
    definitions INTEGER NOT NULL,   -- by which definitions it was summed up
    head INTEGER NOT NULL           -- the change token that it was summed up at
) STRICT, WITHOUT ROWID;

-- Old call logs come in by imports, each of which can be taken back whole; and a phone system
-- counts the calls that nobody answered.

ALTER TABLE call ADD COLUMN precision TEXT NOT NULL DEFAULT 'second'
    CHECK(precision IN ('second', 'minute', 'day'));    -- how exactly its start is known

CREATE TABLE import_run(
    id INTEGER PRIMARY KEY,
    n INTEGER NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    file TEXT NOT NULL,             -- the file's name, without its folders
    kind TEXT NOT NULL CHECK(kind IN ('calls', 'tickets', 'actions', 'intervals')),
    faulty INTEGER NOT NULL,        -- how many of its rows were left out as faulty
    undone_at INTEGER               -- when it was taken back
) STRICT;

CREATE TABLE import_row(
    run INTEGER NOT NULL REFERENCES import_run(id),
    source TEXT NOT NULL,           -- what the key is unique in
    key TEXT NOT NULL,
    number TEXT,                    -- the number that its ticket had there
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER REFERENCES call(id),
    action INTEGER REFERENCES action(id),
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX import_row_key ON import_row(source, key) WHERE struck = 0;
CREATE INDEX import_row_run ON import_row(run, ticket);
CREATE INDEX import_row_number ON import_row(number) WHERE number IS NOT NULL AND struck = 0;

CREATE TABLE phone_interval(
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES import_run(id),
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL CHECK(minutes > 0),
    offered INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    abandoned INTEGER NOT NULL,
    wait_s REAL,                    -- the mean wait of the answered calls, when it was told
    within_target INTEGER,          -- how many of them were answered in time, when it was told
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX phone_interval_start ON phone_interval(court, office, start_at)
    WHERE struck = 0;
CREATE INDEX phone_interval_at ON phone_interval(start_at);
CREATE INDEX phone_interval_run ON phone_interval(run);
