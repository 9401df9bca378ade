"""From the globe to the sheet: two equal-area projections, chosen by how far the parties lie apart.

A family on one side of the globe is drawn in Lambert's azimuthal equal-area projection about its
middle (J. P. Snyder, *Map Projections: A Working Manual*, U.S. Geological Survey, 1987, chapter
24); one that goes round the globe in the Equal Earth projection (B. Šavrič, T. Patterson and
B. Jenny, "The Equal Earth map projection", *International Journal of Geographical Information
Science* 33, 2019). Both on a sphere of radius 1, y upwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Protocol

Degrees = tuple[float, float]
"""Longitude and latitude, in degrees."""
Place = tuple[float, float]
"""x and y on the sheet."""

_WIDEST_SIDE = radians(66)
_FAR = radians(110)
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = sqrt(3) / 2


class Projection(Protocol):
    """A way to put the globe on a sheet."""

    @property
    def middle(self) -> float: ...  # noqa: D102

    def place(self, longitude: float, latitude: float) -> Place: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection about a point.

    What lies more than 110 degrees away is drawn at that distance: no map shows it, and the point
    opposite has no place.
    """

    longitude: float
    latitude: float

    @property
    def middle(self) -> float:
        """The longitude that stands upright."""
        return self.longitude

    def place(self, longitude: float, latitude: float) -> Place:
        """Return where a point of the globe lies on the sheet."""
        turn, up, own = radians(longitude - self.longitude), radians(latitude), self._own()
        east = cos(up) * sin(turn)
        north = own[1] * sin(up) - own[0] * cos(up) * cos(turn)
        near = own[0] * sin(up) + own[1] * cos(up) * cos(turn)
        if near > cos(_FAR):
            scale = sqrt(2 / (1 + near))
        else:
            scale = 2 * sin(_FAR / 2) / (hypot(east, north) or 1)
        return scale * east, scale * north

    def _own(self) -> tuple[float, float]:
        return sin(radians(self.latitude)), cos(radians(self.latitude))


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection about a meridian."""

    longitude: float

    @property
    def middle(self) -> float:
        """The longitude in the middle; the sheet is cut opposite to it."""
        return self.longitude

    def place(self, longitude: float, latitude: float) -> Place:
        """Return where a point of the globe lies on the sheet."""
        turn = (longitude - self.longitude + 180) % 360 - 180
        return self.unrolled(turn, latitude)

    def unrolled(self, turn: float, latitude: float) -> Place:
        """Return the place of a point ``turn`` degrees east of the middle, up to 180 either way."""
        t = asin(_ROOT * sin(radians(latitude)))
        t2 = t * t
        t6 = t2 * t2 * t2
        slope = 9 * _A4 * t6 * t2 + 7 * _A3 * t6 + 3 * _A2 * t2 + _A1
        x = radians(turn) * cos(t) / (_ROOT * slope)
        return x, t * (_A4 * t6 * t2 + _A3 * t6 + _A2 * t2 + _A1)


def projection_for(points: Sequence[Degrees]) -> Azimuthal | EqualEarth:
    """Return the projection that suits the points, its middle in whole degrees.

    The middle moves little when a point is added, so that maps of one family look alike.
    """
    vectors = [_vector(each) for each in points] or [(1.0, 0.0, 0.0)]
    x, y, z = (sum(axis) for axis in zip(*vectors, strict=True))
    middle = (degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y))))
    if max(_angle(_vector(middle), each) for each in vectors) > _WIDEST_SIDE:
        return EqualEarth(round(_opposite_of_widest_gap([each[0] for each in points])))
    return Azimuthal(round(middle[0]), round(middle[1]))


def _vector(point: Degrees) -> tuple[float, float, float]:
    longitude, latitude = radians(point[0]), radians(point[1])
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def _angle(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    apart = hypot(*(a - b for a, b in zip(one, other, strict=True)))
    return 2 * asin(min(1.0, apart / 2))


def _opposite_of_widest_gap(longitudes: Sequence[float]) -> float:
    """Return the meridian opposite the middle of the widest stretch without a point."""
    ordered = sorted(each % 360 for each in longitudes)
    following = [*ordered[1:], ordered[0] + 360]
    pairs = zip(ordered, following, strict=True)
    gap, west = max((after - before, before) for before, after in pairs)
    return (west + gap / 2 + 360) % 360 - 180
