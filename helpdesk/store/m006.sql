-- What lasts with a caller who called very often: what is in hand, and what does not count.
CREATE INDEX ticket_in_hand ON ticket(caller) WHERE status IN ('open', 'waiting', 'escalated');
CREATE INDEX ticket_apart ON ticket(caller, opened_at) WHERE status IN ('merged', 'void');
CREATE INDEX call_out ON call(caller, started_at) WHERE direction = 'out';
