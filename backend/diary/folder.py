"""Photos on disk: a private folder outside the web root, one file a photo, under a name that tells nothing."""

import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def length(name: str) -> int:
    """How many bytes are there; 0 when there is no file."""
    try:
        return _path(name).stat().st_size
    except FileNotFoundError:
        return 0


def append(name: str, piece: bytes, *, at: int) -> None:
    """Put `piece` behind the first `at` bytes, on the disk itself. What a crash left behind them is cut off."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    _write(_path(name), piece, flags, keep=at)


def write(name: str, content: bytes) -> None:
    """Make the file anew with this content, on the disk itself."""
    remove(name)
    _write(_path(name), content, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, keep=0)


def read(name: str) -> bytes:
    """Return the content. Raise FileNotFoundError."""
    return _path(name).read_bytes()


def remove(name: str) -> None:
    """Remove the file. Safe to run twice."""
    with suppress(FileNotFoundError):
        _path(name).unlink()


def _path(name: str) -> Path:
    """Spread over 256 folders: one with a million files is slow to look into."""
    return Path(settings.PHOTOS_FOLDER) / name[:2] / name


def _write(path: Path, content: bytes, flags: int, *, keep: int) -> None:
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    file = os.open(path, flags, PRIVATE_FILE)
    try:
        os.ftruncate(file, keep)
        with memoryview(content) as left:
            written = 0
            while written < len(left):
                written += os.write(file, left[written:])
        os.fsync(file)
    finally:
        os.close(file)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A new file is there after a power cut only if its folder is on the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
