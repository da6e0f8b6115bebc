"""Text that goes into a file which a spreadsheet opens: nothing in it acts, and it is read as UTF-8."""

MARK = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252
ACTING = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP: CSV injection)."""
    shown = "" if value is None else str(value)
    return f"'{shown}" if shown.startswith(ACTING) else shown
