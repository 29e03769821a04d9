-- Sums of days: which there are is said by the program; those that were kept are made anew.
DROP TABLE rollup;
DELETE FROM rollup_day;
CREATE TABLE rollup(
    day TEXT NOT NULL,              -- the date in the zone of the desk's own office, or the month
    part TEXT NOT NULL,             -- which of the sums
    court TEXT NOT NULL,
    office TEXT NOT NULL,
    figures TEXT NOT NULL,          -- by symptom, clerk, half hour and so on
    PRIMARY KEY(part, day, court, office)
) STRICT;
