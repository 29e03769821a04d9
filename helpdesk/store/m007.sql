-- Beginnings of up to four letters are words of the index; longer ones are looked up as words.
-- A text is numbered by the second in which its ticket was opened, or by one near it: the index
-- keeps how far each hit is from the one before, which took six bytes with the ids of tickets.
DROP TABLE ticket_word;
DROP TABLE ticket_search;
DROP TRIGGER ticket_status_changed;
DROP TRIGGER ticket_text_added;
DROP TRIGGER ticket_text_changed;
DROP TRIGGER ticket_text_removed;
ALTER TABLE ticket_text RENAME TO ticket_text_by_id;
CREATE TABLE ticket_text(
    ticket INTEGER PRIMARY KEY REFERENCES ticket(id),
    doc INTEGER UNIQUE,
    text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE ticket_search USING fts5(
    text, content='ticket_text', content_rowid='doc',
    tokenize="unicode61 remove_diacritics 2 tokenchars '_'", prefix='1 2 3 4'
);
CREATE VIRTUAL TABLE ticket_word USING fts5vocab(ticket_search, instance);

-- A second that is taken: by the chance in the id another one, of as few after it as have room.
CREATE TRIGGER ticket_text_added AFTER INSERT ON ticket_text BEGIN
    UPDATE ticket_text SET doc = (
        WITH RECURSIVE tried(doc, times) AS (
            SELECT new.ticket >> 30, 0
            UNION ALL
            SELECT (new.ticket >> 30)
                + ((new.ticket & 0x3fffffff) * (2 * times + 1) + times)
                % (1 << min(times + 1, 18)),
                times + 1
            FROM tried WHERE EXISTS (SELECT 1 FROM ticket_text t WHERE t.doc = tried.doc)
        )
        SELECT doc FROM tried ORDER BY times DESC LIMIT 1
    ) WHERE ticket = new.ticket AND doc IS NULL;
    INSERT INTO ticket_search(rowid, text)
    SELECT doc, text FROM ticket_text WHERE ticket = new.ticket;
END;
CREATE TRIGGER ticket_text_changed AFTER UPDATE OF text ON ticket_text
WHEN old.text IS NOT new.text BEGIN
    INSERT INTO ticket_search(ticket_search, rowid, text) VALUES ('delete', old.doc, old.text);
    INSERT INTO ticket_search(rowid, text) VALUES (new.doc, new.text);
END;
CREATE TRIGGER ticket_text_removed AFTER DELETE ON ticket_text BEGIN
    INSERT INTO ticket_search(ticket_search, rowid, text) VALUES ('delete', old.doc, old.text);
END;
INSERT INTO ticket_text(ticket, text) SELECT ticket, text FROM ticket_text_by_id ORDER BY ticket;
DROP TABLE ticket_text_by_id;

-- The status and the outcome are words of the indexed text, whichever act changes them.
CREATE TRIGGER ticket_status_changed AFTER UPDATE OF status, outcome ON ticket
WHEN old.status <> new.status OR old.outcome IS NOT new.outcome BEGIN
    UPDATE ticket_text SET text = replace(replace(text,
        '_status_' || old.status || ' ', '_status_' || new.status || ' '),
        '_outcome_' || coalesce(old.outcome, 'none') || ' ',
        '_outcome_' || coalesce(new.outcome, 'none') || ' ')
    WHERE ticket = new.id;
END;

-- Of spans that began in a period only those of resolved tickets are asked for.
DROP INDEX status_span_from;
CREATE INDEX status_span_resolved ON status_span(from_at, ticket, to_at)
    WHERE status = 'resolved';
CREATE INDEX escalation_at ON escalation(at);  -- those of a period

-- Sums of days: which there are is said by the program, which makes those of older kinds anew.
ALTER TABLE rollup RENAME TO rollup_before;
CREATE TABLE rollup(
    day TEXT NOT NULL,              -- the date in the zone of the desk's own office, or the month
    part TEXT NOT NULL,             -- which of the sums
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    figures TEXT NOT NULL,          -- by symptom, clerk, half hour and so on
    PRIMARY KEY(part, day, court, office)
) STRICT;
INSERT INTO rollup(day, part, court, office, figures)
    SELECT day, part, court, office, figures FROM rollup_before;
DROP TABLE rollup_before;
