"""Round numbers for an axis."""


def steps(largest: float, *, most: int = 4) -> list[int]:
    """0 and up to `most` further multiples of 1, 2 or 5 times a power of ten, none above `largest`."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if largest / step < most + 1:
                return [step * i for i in range(int(largest / step) + 1)] if largest >= step else [0, step]
        size *= 10
