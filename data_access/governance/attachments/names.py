"""The name of an attachment as it may be shown, stored and downloaded: no path, no control character, not too long."""

import re
import unicodedata

LONGEST_STEM = 150  # bytes; file systems take names of 255
NAMELESS = "lampiran"
UNSAFE = re.compile(r'[<>:"|?*]')
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)  # names of devices on Windows


def harmless_name(name: str) -> str:
    """The last part of a path without signs that act: "../a\\b\\x\\u202efdp.exe" becomes "xfdp.exe"."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(sign for sign in unicodedata.normalize("NFC", last) if _visible(sign))
    tidy = " ".join(UNSAFE.sub("_", kept).split()).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        stem, ending = tidy, ""
    stem = _shortened(stem) or NAMELESS
    safe = f"_{stem}" if RESERVED.fullmatch(stem) else stem
    return f"{safe}{dot}{ending[:10]}"


def ending(name: str) -> str:
    """What stands after the last dot, in small letters."""
    _stem, dot, found = name.rpartition(".")
    return found.lower() if dot else ""


def _visible(sign: str) -> bool:
    # Category C: control, format (also those that turn the direction of reading), private use, halves of characters.
    return sign.isspace() or not unicodedata.category(sign).startswith("C")


def _shortened(stem: str) -> str:
    return stem.encode()[:LONGEST_STEM].decode(errors="ignore").strip(" .")
