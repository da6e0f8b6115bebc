"""Makes files survive a power cut before something points at them."""

import os
from pathlib import Path


def sync_all(folder: Path) -> None:
    """Every file of the folder, then the folder itself, is on disk when this returns."""
    for file in folder.iterdir():
        sync(file)
    sync(folder)


def sync(path: Path) -> None:
    """The names in a folder, or the content of a file, are on disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
