-- Tickets live longer than a call: escalations are answered, promises moved and kept, tickets
-- linked, incidents declared, shifts handed over; and callers are found by any part of a name.

ALTER TABLE console ADD COLUMN ticket INTEGER REFERENCES ticket(id);  -- what is on its screen
CREATE INDEX console_ticket ON console(seen_at) WHERE ticket IS NOT NULL AND closed_at IS NULL;

CREATE INDEX ticket_merged ON ticket(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ticket_changed ON ticket(changed_at);
CREATE INDEX ticket_active ON ticket(opened_at) WHERE status IN ('open', 'waiting', 'escalated');
CREATE INDEX caller_merged ON caller(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX tag_tag ON tag(tag, ticket);
CREATE INDEX call_phone ON call(phone, started_at) WHERE phone <> '';
CREATE INDEX journal_batch ON journal_value(new) WHERE field = 'batch';  -- what one act wrote in several chains
CREATE INDEX journal_who ON journal(who, id);           -- what one clerk did last

ALTER TABLE call ADD COLUMN playbook_outcome TEXT;      -- what the end of the playbook says
CREATE INDEX call_edited ON call(started_at) WHERE edited = 1;

-- What stands in the note box of a ticket, away from a call.
CREATE TABLE ticket_draft(
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(ticket, clerk)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_review(
    call INTEGER PRIMARY KEY REFERENCES call(id),
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    text TEXT NOT NULL,
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE incident(
    id INTEGER PRIMARY KEY,
    n INTEGER NOT NULL UNIQUE,
    court TEXT NOT NULL,
    symptom TEXT NOT NULL,
    line TEXT NOT NULL,             -- what is read out to callers
    declared_at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    ended_at INTEGER,
    ended_by INTEGER REFERENCES clerk(id),
    note TEXT NOT NULL DEFAULT ''   -- what was said at its end
) STRICT;
CREATE UNIQUE INDEX incident_running ON incident(court, symptom) WHERE ended_at IS NULL;
CREATE INDEX incident_symptom ON incident(court, symptom, ended_at);

CREATE TABLE incident_ticket(
    id INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL REFERENCES incident(id),
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER REFERENCES call(id),
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX incident_ticket_incident ON incident_ticket(incident);
CREATE INDEX incident_ticket_ticket ON incident_ticket(ticket);

CREATE TABLE alarm(
    court TEXT NOT NULL,
    symptom TEXT NOT NULL,
    day TEXT NOT NULL,              -- the date at the court
    at INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    expected REAL NOT NULL,
    PRIMARY KEY(court, symptom, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_day ON alarm(day);
CREATE INDEX call_symptom ON call(symptom, court, started_at) WHERE symptom IS NOT NULL;

ALTER TABLE promise ADD COLUMN ended TEXT CHECK(ended IN ('called', 'came', 'moved', 'dropped'));
ALTER TABLE promise ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE promise ADD COLUMN incident INTEGER REFERENCES incident(id);
CREATE INDEX promise_callback ON promise(due_at) WHERE kind = 'callback' AND struck = 0;
CREATE INDEX promise_incident ON promise(incident) WHERE incident IS NOT NULL;

CREATE TABLE escalation(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER REFERENCES call(id),
    target TEXT NOT NULL,           -- a login or a role
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    returns_at INTEGER NOT NULL,    -- it comes back by itself unless it is accepted before
    answered_at INTEGER,
    answered_by INTEGER REFERENCES clerk(id),
    answer TEXT CHECK(answer IN ('accepted', 'returned', 'settled')),
    reason TEXT NOT NULL DEFAULT '',
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX escalation_ticket ON escalation(ticket, at);
CREATE INDEX escalation_returned ON escalation(answered_at) WHERE answer = 'returned';
CREATE INDEX escalation_open ON escalation(at) WHERE answered_at IS NULL AND struck = 0;

CREATE TABLE ticket_link(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    other INTEGER NOT NULL REFERENCES ticket(id),
    kind TEXT NOT NULL CHECK(kind IN ('same-fault', 'caused-by', 'follow-up')),
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    struck INTEGER NOT NULL DEFAULT 0,
    CHECK(ticket <> other)
) STRICT;
CREATE INDEX ticket_link_ticket ON ticket_link(ticket);
CREATE INDEX ticket_link_other ON ticket_link(other);

CREATE TABLE saved_view(
    id INTEGER PRIMARY KEY,
    place INTEGER NOT NULL CHECK(place BETWEEN 1 AND 9),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    owner INTEGER REFERENCES clerk(id),  -- null for one that everybody sees
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE hand_over(
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id)
) STRICT;
CREATE INDEX hand_over_at ON hand_over(at);

CREATE TABLE hand_over_line(
    id INTEGER PRIMARY KEY,
    hand_over INTEGER NOT NULL REFERENCES hand_over(id),
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK(kind IN
        ('callback', 'waiting', 'parked', 'incident', 'escalated', 'note')),
    row INTEGER NOT NULL,           -- the promise, call, incident, escalation or shift note
    ticket INTEGER REFERENCES ticket(id),
    at INTEGER NOT NULL,            -- when it is due, or since when it is so
    said TEXT NOT NULL,
    taken_at INTEGER,
    taken_by INTEGER REFERENCES clerk(id),
    UNIQUE(hand_over, place)
) STRICT;
CREATE INDEX hand_over_line_note ON hand_over_line(row) WHERE kind = 'note';

CREATE TABLE shift_note(
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    text TEXT NOT NULL,
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX shift_note_at ON shift_note(at);

-- Parts of names, firms and addresses: three letters in a row are enough, also where the rest
-- was typed wrongly.
CREATE VIRTUAL TABLE caller_part USING fts5(
    text, content='caller_text', content_rowid='caller', tokenize='trigram'
);
INSERT INTO caller_part(caller_part) VALUES ('rebuild');
CREATE TRIGGER caller_part_added AFTER INSERT ON caller_text BEGIN
    INSERT INTO caller_part(rowid, text) VALUES (new.caller, new.text);
END;
CREATE TRIGGER caller_part_changed AFTER UPDATE OF text ON caller_text
WHEN old.text IS NOT new.text BEGIN
    INSERT INTO caller_part(caller_part, rowid, text) VALUES ('delete', old.caller, old.text);
    INSERT INTO caller_part(rowid, text) VALUES (new.caller, new.text);
END;
CREATE TRIGGER caller_part_removed AFTER DELETE ON caller_text BEGIN
    INSERT INTO caller_part(caller_part, rowid, text) VALUES ('delete', old.caller, old.text);
END;

-- The words of all callers, for whoever types one wrongly.
CREATE VIRTUAL TABLE caller_word USING fts5vocab(caller_search, row);

-- Whom a merged caller counts as: the last of its pointers. Everybody else counts as oneself
-- and is not listed.
CREATE VIEW caller_root(caller, root) AS
WITH RECURSIVE way(caller, at) AS (
    SELECT id, merged_into FROM caller WHERE merged_into IS NOT NULL
    UNION
    SELECT w.caller, c.merged_into FROM way w JOIN caller c ON c.id = w.at
    WHERE c.merged_into IS NOT NULL
)
SELECT w.caller, w.at FROM way w JOIN caller c ON c.id = w.at WHERE c.merged_into IS NULL;

-- The ticket that a merged one goes on in, at the end of its pointers; others are not listed.
CREATE VIEW ticket_root(ticket, root) AS
WITH RECURSIVE way(ticket, at) AS (
    SELECT id, merged_into FROM ticket WHERE merged_into IS NOT NULL
    UNION
    SELECT w.ticket, t.merged_into FROM way w JOIN ticket t ON t.id = w.at
    WHERE t.merged_into IS NOT NULL
)
SELECT w.ticket, w.at FROM way w JOIN ticket t ON t.id = w.at WHERE t.merged_into IS NULL;

CREATE INDEX caller_bar_number ON caller(bar_number COLLATE NOCASE) WHERE bar_number <> '';
CREATE INDEX caller_email ON caller(email COLLATE NOCASE) WHERE email <> '';
CREATE INDEX caller_firm ON caller(firm COLLATE NOCASE) WHERE firm <> '';

-- Two that look alike and are not the same person.
CREATE TABLE caller_apart(
    id INTEGER PRIMARY KEY,
    one INTEGER NOT NULL REFERENCES caller(id),
    other INTEGER NOT NULL REFERENCES caller(id),
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    struck INTEGER NOT NULL DEFAULT 0,
    CHECK(one < other)
) STRICT;
CREATE INDEX caller_apart_one ON caller_apart(one, other);

-- What lists are narrowed and ordered by, each by an index of its own.
CREATE INDEX ticket_resolved ON ticket(resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX ticket_reopened ON ticket(opened_at) WHERE reopened > 0;
CREATE INDEX call_length ON call(talk_s + hold_s);
CREATE INDEX call_flagged ON call(started_at)
    WHERE (edited = 1 OR clock_changed = 1 OR outcome <> playbook_outcome
        OR talk_s + hold_s + coalesce(wrap_s, 0) > 14400);
CREATE INDEX escalation_target ON escalation(target, ticket) WHERE struck = 0;

-- Beginnings of up to five letters are words of the index: most searches as one types.
DROP TABLE ticket_search;
CREATE VIRTUAL TABLE ticket_search USING fts5(
    text, content='ticket_text', content_rowid='ticket',
    tokenize="unicode61 remove_diacritics 2 tokenchars '_'", prefix='1 2 3 4 5'
);
INSERT INTO ticket_search(ticket_search) VALUES ('rebuild');

-- The status is a word of the indexed text, whichever act changes it.
CREATE TRIGGER ticket_status_changed AFTER UPDATE OF status ON ticket
WHEN old.status <> new.status BEGIN
    UPDATE ticket_text
    SET text = replace(text, '_status_' || old.status || ' ', '_status_' || new.status || ' ')
    WHERE ticket = new.id;
END;
