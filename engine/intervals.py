"""Confidence intervals of shares, in closed form. Pure."""

from __future__ import annotations

from math import sqrt

Z = 1.959964
"""Of a 95 % interval."""


def wilson(successes: float, trials: float, z: float = Z) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); (0, 1) where nothing was tried."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    centre = share + z * z / (2 * trials)
    margin = z * sqrt(max(0.0, share * (1 - share)) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale)
