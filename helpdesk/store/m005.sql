-- Who looked at what, who may sit down, what was taken out, and what seals the journal.

CREATE TABLE seal(
    day TEXT PRIMARY KEY,           -- the date on which it was made, in the zone of the desk's office
    at INTEGER NOT NULL,
    entries INTEGER NOT NULL,       -- how many entries of the journal it covers that none before did
    digest TEXT NOT NULL,           -- of those entries' hashes
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    upto INTEGER NOT NULL           -- the newest entry that it covers
) STRICT, WITHOUT ROWID;

-- The highest ticket numbers that were given before the desk was restored from a backup: no
-- caller's number is ever another's.
CREATE TABLE number_given(
    year INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;
