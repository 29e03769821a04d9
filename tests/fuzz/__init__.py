"""Fuzz targets: ``python -m tests.fuzz`` runs one; ``tests/test_fuzz.py`` replays its finds."""
