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

-- Passcodes, where clerks share a workstation, and those that were tried.
ALTER TABLE clerk ADD COLUMN passcode TEXT;     -- hashed by argon2; null for none
CREATE TABLE passcode_try(
    id INTEGER PRIMARY KEY,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    at INTEGER NOT NULL,
    accepted INTEGER NOT NULL
) STRICT;
CREATE INDEX passcode_try_clerk ON passcode_try(clerk, at);

-- Who looked at whom: a chain of hashes for each clerk, only ever added to.
CREATE TABLE access(
    id INTEGER PRIMARY KEY,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE(clerk, seq)
) STRICT;
CREATE INDEX access_at ON access(at);
CREATE INDEX access_subject ON access(subject, at);
CREATE TRIGGER access_keeps_entries BEFORE DELETE ON access
BEGIN SELECT RAISE(ABORT, 'the access journal is append-only'); END;
CREATE TRIGGER access_keeps_values BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'the access journal is append-only'); END;
