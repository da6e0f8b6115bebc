"""Colour arithmetic: contrast after WCAG 2.2, steps along a scale, ink that can be read on a fill."""

from collections.abc import Sequence

WHITE, BLACK = "#FFFFFF", "#000000"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(fill: str) -> str:
    """White or black, whichever reads better; one of the two always reaches 4.5 : 1."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, fill))


def along(scale: Sequence[str], share: float) -> str:
    """The colour at `share` (0..1) of a scale of evenly spaced stops."""
    place = min(max(share, 0.0), 1.0) * (len(scale) - 1)
    lower = min(int(place), len(scale) - 2)
    pairs = zip(_parts(scale[lower]), _parts(scale[lower + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (place - lower)):02X}" for a, b in pairs)


def faded(colour: str, alpha: float) -> str:
    """The colour with an opacity, as CSS rgba()."""
    red, green, blue = _parts(colour)
    return f"rgba({red},{green},{blue},{alpha})"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
