"""Whether a folder lies on a network share, where SQLite's write-ahead log does not work."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

NETWORK: Final = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
    "fuse.sshfs", "gfs2", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs", "vboxsf",
})  # fmt: skip
"""File systems that several machines can reach, as Linux names them."""


def mount_type(mountinfo: str, path: PurePosixPath) -> str:
    """Find the kind of file system that a path lies on.

    Args:
        mountinfo: What ``/proc/self/mountinfo`` says.
        path: The path, absolute and without links.

    Returns:
        Its name, such as ``ext4``; empty when it cannot be told.
    """
    best, found = -1, ""
    for entry in mountinfo.splitlines():
        before, _, after = entry.partition(" - ")
        parts = before.split(" ")
        if len(parts) < 5 or not after:  # noqa: PLR2004 - the mount point is the fifth
            continue
        point = PurePosixPath(_plain(parts[4]))
        depth = len(point.parts)
        if path.is_relative_to(point) and depth >= best:  # a later mount hides an earlier one
            best, found = depth, after.split(" ")[0]
    return found


def _plain(text: str) -> str:
    """Blanks and the like stand there as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
