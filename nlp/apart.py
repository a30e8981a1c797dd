"""Stretches that stand apart: of those that overlap the first to come is kept."""

from __future__ import annotations

from bisect import bisect_left


def taken(places: list[tuple[int, int]], first: int, end: int) -> bool:
    """Put the stretch `first..end` among `places`, which stand apart and in order, and say so; False where it
    overlaps one of them. A long turn has thousands: each is found by its place.
    """
    at = bisect_left(places, (end,))
    if at and places[at - 1][1] > first:
        return False
    places.insert(at, (first, end))
    return True
