"""The address of a file as SQL text: ATTACH takes no bound parameter, and a folder may have a quote in its name."""

from pathlib import Path


def literal(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"
