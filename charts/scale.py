"""Round numbers for an axis."""

from math import ceil, floor, log10


def steps(largest: float, *, most: int = 4, whole: bool = True) -> list[float]:
    """0 and up to `most` further multiples of 1, 2 or 5 times a power of ten, none above `largest`."""
    return rounds(0, largest, most=most, whole=whole)


def rounds(low: float, high: float, *, most: int = 4, whole: bool = True) -> list[float]:
    """Up to `most` + 1 multiples of 1, 2 or 5 times a power of ten between the two; `whole` allows no fractions."""
    reach = high - low
    if reach <= 0 or (whole and reach < 1):
        return [0, 1] if low == 0 else [low]
    size = 10.0 ** (floor(log10(reach)) - 1)
    while True:
        for step in (size, 2 * size, 5 * size):
            first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
            if last - first <= most and (step >= 1 or not whole):
                return [_tidy(step * i) for i in range(first, last + 1)]
        size *= 10


def _tidy(value: float) -> float:
    return round(value) if abs(value - round(value)) < 1e-9 else round(value, 10)
