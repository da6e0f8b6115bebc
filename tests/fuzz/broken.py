"""Texts and bytes that are almost right: a valid one with pieces cut out, doubled, swapped or replaced by what parsers fear."""

from hypothesis import strategies as st

FEARED = [
    "", "\0", "\n", "\r", "\t", " ", "\u2028", "\ufeff", "\u202e", "é", "i\u0307", "\U0001f418", "\ud800",
    "-", "- ", ": ", "? ", "|", ">", "&a ", "*a", "<<: *a\n", "!!python/object/apply:os.system ", "!!binary aaa", "!!set ",
    "!!float ", "!!timestamp ", "%YAML 9.9\n", "---\n", "...\n", "{", "}", "[", "]", "[" * 500, "{a: " * 500, "'", '"', "#",
    "null", "~", "true", "No", "0", "-1", "1e999", ".inf", ".nan", "NaN", "Infinity", "0x1f", "0o17", "1_000", "9" * 400,
    "2025-02-30", "2025-13-01", "0000-00-00", "9999-12-31", "10000-01-01", "2025-06-30T25:61:61Z", "190:20:30",
    "../../etc/passwd", "%00", "%2e%2e", "\\", "\\ud800", "\\u0000", "$(id)", "{{7*7}}", "' OR 1=1 --", "<script>",
]  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, valid: str) -> str:
    """A text that was made from the valid one by up to six wounds, or is made of feared pieces alone."""
    if draw(st.integers(0, 9)) == 0:
        return "".join(draw(st.lists(st.sampled_from(FEARED) | st.text(max_size=8), max_size=12)))
    found = valid
    for _wound in range(draw(st.integers(1, 6))):
        first = draw(st.integers(0, len(found)))
        last = min(len(found), first + draw(st.sampled_from([0, 0, 1, 2, 5, 20, 200])))
        piece = draw(st.sampled_from([*FEARED, found[first:last] * 2, found[last : last + 30]]) | st.text(max_size=4))
        found = found[:first] + piece + found[last:]
    return found


@st.composite
def contents(draw: st.DrawFn, valid: bytes) -> bytes:
    """As `texts`, for files: bytes flipped, cut out, doubled, or the end missing."""
    found = bytearray(valid)
    for _wound in range(draw(st.integers(1, 8))):
        first = draw(st.integers(0, len(found)))
        last = min(len(found), first + draw(st.sampled_from([1, 1, 2, 4, 16, 200])))
        piece = draw(st.sampled_from([b"", b"\0", b"\xff" * 4, bytes(found[first:last]) * 2]) | st.binary(max_size=6))
        found[first:last] = piece
    return bytes(found[: draw(st.integers(0, len(found)))] if draw(st.integers(0, 4)) == 0 else found)
