"""Array types of the aggregation, and the numbers that stand for a value which is not there or not known."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]

# In place of the ordinal of a code: nothing was written, no code list knows it, or the contract has no place for it.
EMPTY, UNKNOWN, OUTSIDE = -1, -2, -3
