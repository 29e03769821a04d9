"""States of a call: each with the keys that work in it and what they do."""
