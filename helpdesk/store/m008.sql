-- Whatever was promised for a day is found by an index, waits among it: reports and the sums of
-- days ask for them, and callbacks alone are asked for by the same.
DROP INDEX promise_callback;
CREATE INDEX promise_day ON promise(due_at);

-- The indexes of words keep what each write adds as a piece, and merge pieces of one level a few
-- pages at a time. All of sixteen at once, as they would without this, can be most of the index:
-- whoever wrote the sixteenth would wait for it.
INSERT INTO ticket_search(ticket_search, rank) VALUES ('crisismerge', 1000);
INSERT INTO caller_search(caller_search, rank) VALUES ('crisismerge', 1000);
INSERT INTO caller_part(caller_part, rank) VALUES ('crisismerge', 1000);

-- Large pieces leave the first level, on which each write adds a small one: there they would be
-- merged with those. Few at once are merged, very many put on a level of their own.
INSERT INTO ticket_search(ticket_search, rank) VALUES ('usermerge', 2);
INSERT INTO ticket_search(ticket_search, rank) VALUES ('merge', 10000);
INSERT INTO ticket_search(ticket_search, rank) VALUES ('merge', -1);
INSERT INTO ticket_search(ticket_search, rank) VALUES ('usermerge', 4);
