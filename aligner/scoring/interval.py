"""An interval for a share, by the score method, with no chance in it.

Sources: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
Inference", JASA 22 (1927), 209-212; L. Kish, "Survey Sampling", 1965, section 8.2, for
how many equal observations unequal weights are worth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

Z_95: Final = 1.959964  # of the normal distribution, two-sided


def wilson_interval(share: float, n: float, *, z: float = Z_95) -> tuple[float, float]:
    """Return the interval of a share that was seen in n independent observations.

    With a mean of values between 0 and 1 in place of a share it is wider than it need be,
    since no such values vary more than zeros and ones do.

    >>> [round(end, 3) for end in wilson_interval(1.0, 20)]
    [0.839, 1.0]
    >>> wilson_interval(0.5, 0)
    (0.0, 1.0)
    """
    if n <= 0:
        return 0.0, 1.0
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def effective_number(weights: Iterable[float]) -> float:
    """Return how many equal observations weighted ones are worth: (sum w)² / sum w².

    >>> effective_number([1, 1, 1, 1]), round(effective_number([97, 1, 1, 1]), 2)
    (4.0, 1.06)
    """
    weights = list(weights)
    squares = sum(weight * weight for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0
