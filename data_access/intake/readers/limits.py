"""How large a source file may be. What exceeds a limit is refused before it is parsed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`line` is the longest line of a text file in bytes; `unpacked`, `ratio` and `entries` guard against archives that
    swell, `cells` against a sheet whose last cell lies far away (the reader makes room for everything before it)."""

    rows: int = 5_000_000
    bytes: int = 2_000_000_000
    columns: int = 500
    line: int = 1_000_000
    unpacked: int = 2_000_000_000
    ratio: int = 300
    entries: int = 5_000
    cells: int = 25_000_000


USUAL = Limits()
