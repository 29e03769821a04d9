"""Values and rules of the desk: no files, no database, no clock, no chance."""
