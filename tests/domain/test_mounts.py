from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from helpdesk.domain.mounts import NETWORK, mount_type

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 27 0:41 / /home rw - nfs4 server:/home rw
31 30 0:42 / /home/local rw - xfs /dev/vdb rw
32 27 0:43 / /mnt/two\\040words rw - cifs //server/share rw
33 27 0:44 / /srv rw - ext4 /dev/vdc rw
34 27 0:45 / /srv rw shared:1 - fuse.sshfs host: rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/var/desk", "ext4"),
        ("/home/dana/desk", "nfs4"),
        ("/home/local/desk", "xfs"),
        ("/homestead/desk", "ext4"),
        ("/mnt/two words/desk", "cifs"),
        ("/srv/desk", "fuse.sshfs"),
    ],
)
def test_the_mount_nearest_to_the_path_and_made_last_counts(path: str, kind: str) -> None:
    assert mount_type(MOUNTS, PurePosixPath(path)) == kind


def test_without_mounts_nothing_is_known() -> None:
    assert mount_type("", PurePosixPath("/srv")) == ""


def test_shares_are_told_from_disks() -> None:
    assert {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"} <= NETWORK
    assert not {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs"} & NETWORK
