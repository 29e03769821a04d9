"""Playbooks: YAML files that lead a clerk through a call."""
