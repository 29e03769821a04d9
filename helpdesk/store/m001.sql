-- The first tables. Times are seconds UTC with the office's zone beside them; ids are made
-- by the program, so that rows can be related before they are written.

CREATE TABLE op(
    uid TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clerk(
    id INTEGER PRIMARY KEY,
    uid INTEGER,                    -- the operating system's user; null for one added by hand
    login TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK(role IN ('clerk', 'lead', 'supervisor', 'admin', 'auditor')),
    added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE console(
    id INTEGER PRIMARY KEY,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    host TEXT NOT NULL,
    boot TEXT NOT NULL,
    pid INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE caller(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    firm TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    bar_number TEXT NOT NULL DEFAULT '',
    court TEXT NOT NULL DEFAULT '',
    office TEXT NOT NULL DEFAULT '',
    added_at INTEGER NOT NULL,
    called_at INTEGER NOT NULL,     -- when this caller last called: orders the caller list
    merged_into INTEGER REFERENCES caller(id)
) STRICT;
CREATE INDEX caller_called ON caller(called_at);

CREATE TABLE caller_phone(
    caller INTEGER NOT NULL REFERENCES caller(id),
    digits TEXT NOT NULL,           -- without country code and signs
    extension TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(caller, digits)
) STRICT, WITHOUT ROWID;
CREATE INDEX caller_phone_digits ON caller_phone(digits);

CREATE TABLE playbook_version(
    hash TEXT PRIMARY KEY,
    slug TEXT NOT NULL,
    court TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    first_used_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE(slug, court, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket(
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    n INTEGER NOT NULL,
    caller INTEGER REFERENCES caller(id),
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    zone TEXT NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    symptom TEXT,
    version TEXT REFERENCES playbook_version(hash),
    status TEXT NOT NULL CHECK(status IN
        ('open', 'waiting', 'escalated', 'resolved', 'closed', 'merged', 'void')),
    outcome TEXT,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    resolved_at INTEGER,
    wakes_at INTEGER,               -- a waiting ticket is open again from then on
    reopened INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES ticket(id),
    UNIQUE(year, n)
) STRICT;
CREATE INDEX ticket_opened ON ticket(opened_at);
CREATE INDEX ticket_caller ON ticket(caller, opened_at);
CREATE INDEX ticket_symptom ON ticket(symptom, opened_at);
CREATE INDEX ticket_waiting ON ticket(wakes_at) WHERE wakes_at IS NOT NULL;
CREATE INDEX ticket_status ON ticket(status, opened_at);

CREATE TABLE status_span(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    status TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER
) STRICT;
CREATE INDEX status_span_ticket ON status_span(ticket, from_at);

CREATE TABLE tag(
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    tag TEXT NOT NULL,
    PRIMARY KEY(ticket, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE call(
    id INTEGER PRIMARY KEY,
    caller INTEGER REFERENCES caller(id),
    phone TEXT NOT NULL DEFAULT '', -- the digits this call came from, when known
    matched TEXT NOT NULL DEFAULT '',
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    console INTEGER REFERENCES console(id),
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    zone TEXT NOT NULL,
    direction TEXT NOT NULL DEFAULT 'in' CHECK(direction IN ('in', 'out')),
    symptom TEXT,
    typed TEXT NOT NULL DEFAULT '', -- what was typed into the symptom box
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    wrap_ended_at INTEGER,
    outcome TEXT CHECK(outcome IN
        ('resolved', 'waiting', 'callback', 'escalated', 'referred', 'dropped')),
    reason TEXT NOT NULL DEFAULT '',
    talk_s INTEGER,                 -- sums of the segments, null while the call is running
    hold_s INTEGER,
    wrap_s INTEGER,
    edited INTEGER NOT NULL DEFAULT 0,
    clock_changed INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL DEFAULT 'console',
    CHECK(ended_at IS NULL OR ended_at >= started_at)
) STRICT;
CREATE INDEX call_started ON call(started_at);
CREATE INDEX call_caller ON call(caller, started_at);
CREATE INDEX call_running ON call(clerk, started_at) WHERE wrap_ended_at IS NULL;

CREATE TABLE call_segment(
    id INTEGER PRIMARY KEY,
    call INTEGER NOT NULL REFERENCES call(id),
    kind TEXT NOT NULL CHECK(kind IN ('talk', 'hold', 'wrap')),
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    console INTEGER REFERENCES console(id),
    from_at INTEGER NOT NULL,
    to_at INTEGER,
    seconds INTEGER                 -- measured by a clock that nobody can set
) STRICT;
CREATE INDEX call_segment_call ON call_segment(call, from_at);

CREATE TABLE call_ticket(
    call INTEGER NOT NULL REFERENCES call(id),
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    share REAL NOT NULL DEFAULT 1.0,
    PRIMARY KEY(call, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_ticket_ticket ON call_ticket(ticket);

CREATE TABLE answer(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER REFERENCES call(id),
    playbook TEXT NOT NULL,
    version TEXT NOT NULL REFERENCES playbook_version(hash),
    step TEXT NOT NULL,
    answer TEXT NOT NULL,
    fact TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL DEFAULT '', -- what the answer says about the fact
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX answer_ticket ON answer(ticket, at);

CREATE TABLE action(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER REFERENCES call(id),
    kind TEXT NOT NULL,
    fields TEXT NOT NULL DEFAULT '{}' CHECK(json_valid(fields)),
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    expires_at INTEGER,
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX action_ticket ON action(ticket, at);
CREATE INDEX action_kind ON action(kind, at);

CREATE TABLE note(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER REFERENCES call(id),
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    text TEXT NOT NULL,
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX note_ticket ON note(ticket, at);

CREATE TABLE draft(
    call INTEGER PRIMARY KEY REFERENCES call(id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE promise(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER REFERENCES call(id),
    kind TEXT NOT NULL CHECK(kind IN ('callback', 'waiting', 'linked-by-then')),
    due_at INTEGER NOT NULL,
    zone TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    done_at INTEGER,
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX promise_ticket ON promise(ticket);
CREATE INDEX promise_due ON promise(due_at) WHERE done_at IS NULL AND struck = 0;

CREATE TABLE journal(
    id INTEGER PRIMARY KEY,         -- in the order of writing: the newest is the change token
    subject TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    undoes INTEGER,                 -- the seq of the entry that this one takes back
    value_digest TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE(subject, seq)
) STRICT;

CREATE TABLE journal_value(
    entry INTEGER NOT NULL REFERENCES journal(id),
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    salt TEXT NOT NULL,
    PRIMARY KEY(entry, field)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_keeps_entries BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_values BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- What is searched, one text a ticket and one a caller; the triggers keep the index.
CREATE TABLE ticket_text(
    ticket INTEGER PRIMARY KEY REFERENCES ticket(id),
    text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE ticket_search USING fts5(
    text, content='ticket_text', content_rowid='ticket',
    tokenize="unicode61 remove_diacritics 2 tokenchars '_'", prefix='1 2 3'
);
CREATE TRIGGER ticket_text_added AFTER INSERT ON ticket_text BEGIN
    INSERT INTO ticket_search(rowid, text) VALUES (new.ticket, new.text);
END;
CREATE TRIGGER ticket_text_changed AFTER UPDATE OF text ON ticket_text
WHEN old.text IS NOT new.text BEGIN
    INSERT INTO ticket_search(ticket_search, rowid, text) VALUES ('delete', old.ticket, old.text);
    INSERT INTO ticket_search(rowid, text) VALUES (new.ticket, new.text);
END;
CREATE TRIGGER ticket_text_removed AFTER DELETE ON ticket_text BEGIN
    INSERT INTO ticket_search(ticket_search, rowid, text) VALUES ('delete', old.ticket, old.text);
END;

CREATE TABLE caller_text(
    caller INTEGER PRIMARY KEY REFERENCES caller(id),
    text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE caller_search USING fts5(
    text, content='caller_text', content_rowid='caller',
    tokenize="unicode61 remove_diacritics 2", prefix='1 2 3'
);
CREATE TRIGGER caller_text_added AFTER INSERT ON caller_text BEGIN
    INSERT INTO caller_search(rowid, text) VALUES (new.caller, new.text);
END;
CREATE TRIGGER caller_text_changed AFTER UPDATE OF text ON caller_text
WHEN old.text IS NOT new.text BEGIN
    INSERT INTO caller_search(caller_search, rowid, text) VALUES ('delete', old.caller, old.text);
    INSERT INTO caller_search(rowid, text) VALUES (new.caller, new.text);
END;
CREATE TRIGGER caller_text_removed AFTER DELETE ON caller_text BEGIN
    INSERT INTO caller_search(caller_search, rowid, text) VALUES ('delete', old.caller, old.text);
END;
