-- Who looked at what, who may sit down, what was taken out, and what seals the journal.

CREATE TABLE seal(
    day TEXT PRIMARY KEY,           -- the date on which it was made, in the zone of the desk's office
    at INTEGER NOT NULL,
    entries INTEGER NOT NULL,       -- how many entries of the journal it covers that none before did
    digest TEXT NOT NULL,           -- of those entries' hashes
    prev_hash TEXT NOT NULL UNIQUE, -- two seals never follow the same one
    hash TEXT NOT NULL,
    upto INTEGER NOT NULL           -- the newest entry that it covers
) STRICT, WITHOUT ROWID;
CREATE TRIGGER seal_keeps_seals BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
CREATE TRIGGER seal_keeps_values BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
CREATE TRIGGER journal_value_keeps_values BEFORE DELETE ON journal_value
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_value_stays_in_its_place BEFORE UPDATE ON journal_value
WHEN new.entry IS NOT old.entry OR new.salt IS old.salt
BEGIN SELECT RAISE(ABORT, 'the journal is append-only; what is emptied gets a new salt'); END;

-- Passcodes, where clerks share a workstation, and those that were tried.
ALTER TABLE clerk ADD COLUMN passcode TEXT;     -- hashed by argon2; null for none
CREATE TABLE passcode_try(
    id INTEGER PRIMARY KEY,         -- in the order of trying
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    at INTEGER NOT NULL,
    accepted INTEGER NOT NULL
) STRICT;
CREATE INDEX passcode_try_clerk ON passcode_try(clerk, id);

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

-- What must not be taken out, what was taken out for good, and from whom by rules of retention.
CREATE TABLE legal_hold(
    id INTEGER PRIMARY KEY,
    ticket INTEGER REFERENCES ticket(id),
    caller INTEGER REFERENCES caller(id),
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    reason TEXT NOT NULL,
    released_at INTEGER,
    released_by INTEGER REFERENCES clerk(id),
    CHECK((ticket IS NULL) <> (caller IS NULL))
) STRICT;
CREATE UNIQUE INDEX legal_hold_ticket ON legal_hold(ticket)
    WHERE ticket IS NOT NULL AND released_at IS NULL;
CREATE UNIQUE INDEX legal_hold_caller ON legal_hold(caller)
    WHERE caller IS NOT NULL AND released_at IS NULL;

CREATE INDEX legal_hold_running ON legal_hold(at) WHERE released_at IS NULL;

CREATE TABLE removal(
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    kind TEXT NOT NULL CHECK(kind IN ('redact', 'purge')),
    salt TEXT,                      -- of the pseudonyms of a purge that is not over
    wiped_at INTEGER                -- when nothing of it was left in the index and the log
) STRICT;
CREATE INDEX removal_open ON removal(at) WHERE wiped_at IS NULL;

CREATE TABLE purged(
    class TEXT NOT NULL,
    row INTEGER NOT NULL,           -- a ticket, or a caller
    at INTEGER NOT NULL,
    PRIMARY KEY(class, row)
) STRICT, WITHOUT ROWID;

-- The highest ticket numbers that were given before the desk was restored from a backup: no
-- caller's number is ever another's.
CREATE TABLE number_given(
    year INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;
