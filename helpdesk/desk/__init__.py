"""Acts: everything a person can do, each one function; every door calls these."""
