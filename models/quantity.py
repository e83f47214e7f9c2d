"""A number that keeps its unit. Adding 亿元 to 家 is an error, adding 亿元 to 千元 is a conversion."""

from dataclasses import dataclass
from decimal import Decimal

from models.catalogue import Unit
from models.errors import UnitMismatch


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact decimal with its unit."""

    number: Decimal
    unit: Unit

    def to(self, unit: Unit) -> "Quantity":
        """The same quantity in another unit of its dimension; raises UnitMismatch for another dimension."""
        if unit.dimension != self.unit.dimension:
            raise UnitMismatch(
                f"{self.unit.symbol} measures {self.unit.dimension}, {unit.symbol} measures {unit.dimension}: "
                "one cannot be written as the other. Check the unit that was given."
            )
        return Quantity(self.number * self.unit.factor / unit.factor, unit)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.number + other.to(self.unit).number, self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.number - other.to(self.unit).number, self.unit)

    def __str__(self) -> str:
        return f"{self.number.normalize():f} {self.unit.symbol}"
