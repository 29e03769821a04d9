"""Screens: each fetches what it shows and hears what its widgets say."""
