-- Tickets whose indexed text is still to be written anew: those of one caller can be so many that
-- everybody would wait for whoever wrote all of them at once. Nothing points from here to the
-- tickets, which are never deleted: each would be looked up.
CREATE TABLE text_due(ticket INTEGER PRIMARY KEY) STRICT;
