"""The plain line mode: the console's verbs as lines, for screen readers and bad lines."""
