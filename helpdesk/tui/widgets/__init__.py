"""Widgets: each shows values it is given and says what the person did."""
