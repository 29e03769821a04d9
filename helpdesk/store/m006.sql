-- What was open, waiting or escalated at a moment: spans that were not over yet.
CREATE INDEX status_span_over ON status_span(to_at, from_at, ticket, status)
    WHERE status IN ('open', 'waiting', 'escalated');
