"""The console: what is shown and what the keys do."""
