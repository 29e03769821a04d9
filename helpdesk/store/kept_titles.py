"""The titles of playbooks in the versions that are kept of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from helpdesk.port import Port

_SLUGS = "SELECT DISTINCT slug FROM playbook_version"
_TITLES = """
SELECT slug, json_extract(text, '$.title') FROM playbook_version
WHERE slug IN (SELECT value FROM json_each(?)) ORDER BY first_used_at, ordinal
"""


def find_kept_slugs(port: Port) -> list[str]:
    """List the playbooks of which a version is kept."""
    return [row[0] for row in port.query(_SLUGS).rows]


def find_kept_titles(port: Port, slugs: Sequence[str]) -> dict[str, str]:
    """Find what playbooks were called when a version of them was used first for the last time.

    Args:
        port: The database.
        slugs: The playbooks.

    Returns:
        Their titles by slug.
    """
    return dict(port.query(_TITLES, (json.dumps(list(slugs)),)).rows)
