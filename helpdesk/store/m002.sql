-- A step may hand over to another playbook; prompts are filled in once a call; and what was
-- typed to find a playbook is kept for whoever keeps the playbooks.

ALTER TABLE answer ADD COLUMN opened TEXT REFERENCES playbook_version(hash);

CREATE TABLE prompt(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER NOT NULL REFERENCES call(id),
    label TEXT NOT NULL,            -- what the text of the playbook calls it
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id),
    struck INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX prompt_ticket ON prompt(ticket, at);

CREATE TABLE phrase(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    call INTEGER NOT NULL REFERENCES call(id),
    text TEXT NOT NULL,
    first TEXT,                     -- what was ranked first; null when nothing was found
    chosen TEXT,                    -- null for a text that was given up
    at INTEGER NOT NULL,
    clerk INTEGER NOT NULL REFERENCES clerk(id)
) STRICT;
CREATE INDEX phrase_at ON phrase(at);
CREATE INDEX phrase_ticket ON phrase(ticket);
