-- Whatever was promised for a day is found by an index, waits among it: reports and the sums of
-- days ask for them, and callbacks alone are asked for by the same.
DROP INDEX promise_callback;
CREATE INDEX promise_day ON promise(due_at);
