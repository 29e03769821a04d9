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
WHEN new.entry IS NOT old.entry OR new.field IS NOT old.field OR new.salt IS old.salt
BEGIN SELECT RAISE(ABORT, 'the journal is append-only; what is emptied gets a new salt'); END;
