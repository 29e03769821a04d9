-- What lasts with a caller who called very often: what is in hand, and what does not count.
CREATE INDEX ticket_in_hand ON ticket(caller) WHERE status IN ('open', 'waiting', 'escalated');
CREATE INDEX ticket_apart ON ticket(caller, opened_at) WHERE status IN ('merged', 'void');
CREATE INDEX call_out ON call(caller, started_at) WHERE direction = 'out';

-- What was open, waiting or escalated at a moment: spans that were not over yet.
CREATE INDEX status_span_over ON status_span(to_at, from_at, ticket, status)
    WHERE status IN ('open', 'waiting', 'escalated');

-- The words of all tickets, for whoever types the beginning of a long one.
CREATE VIRTUAL TABLE ticket_word USING fts5vocab(ticket_search, instance);
