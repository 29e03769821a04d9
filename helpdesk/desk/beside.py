"""A hidden file beside the desk's database, in which another is made whole before it is moved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpdesk.errors import StoreProblem
from helpdesk.resources import way_to_write


@contextmanager
def beside(database: Path) -> Iterator[Path]:
    """Make an empty hidden file beside the database.

    Args:
        database: The desk's database; where a link leads to.

    Yields:
        The file; afterwards it is gone with all that belongs to it, unless it was moved.

    Raises:
        StoreProblem: When it cannot be written.
    """
    copy = database.with_name(f".{database.name}.{os.getpid()}")
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o660))
        copy.chmod(0o660)  # whatever the umask is: the group shares the desk
        yield copy
    except OSError as error:
        where = database.parent
        said = f"{where} cannot be written ({error.strerror}): {way_to_write(where, error)}."
        raise StoreProblem(said) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):  # where nothing can be written nothing was left
                Path(f"{copy}{suffix}").unlink(missing_ok=True)
