"""Statistics: one definition a number."""
