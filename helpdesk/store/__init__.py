"""The rows of the desk: constant SQL over the port."""
