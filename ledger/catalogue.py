"""What a target can be linked to: the indicators, units and places on record."""

from dataclasses import dataclass

from sqlmodel import Session, select

from models import Indicator, Place, Region, Unit, Zone, ZoneGroup, ZoneStanding


@dataclass(frozen=True)
class Catalogue:
    """Indicators, units and places in force, by their codes."""

    indicators: dict[str, Indicator]
    units: dict[str, Unit]
    places: dict[str, Place]
    regions: dict[str, Region]
    zones: dict[str, Zone]
    groups: dict[str, ZoneGroup]
    cities: dict[str, str]
    """The city that each zone lies in now."""

    def dimension(self, unit: str) -> str | None:
        """What a unit measures; None for an unknown one."""
        found = self.units.get(unit)
        return found.dimension if found else None

    def names_of(self, indicator: Indicator) -> list[str]:
        """An indicator's name and the other words it goes by."""
        return [indicator.zh, *(each for each in indicator.synonyms.split("|") if each)]

    def zones_in(self, city: str) -> list[str]:
        """The zones that lie in a city."""
        return [zone for zone, where in self.cities.items() if where == city]

    def region_named(self, words: str) -> str | None:
        """The lowest region whose name stands in some words: 江苏省连云港市 is Lianyungang."""
        found = [code for code in self.regions if code in self.places and _short(self.places[code].zh) in words]
        return max(found, key=lambda code: (self._depth(code), len(self.places[code].zh)), default=None)

    def _depth(self, region: str) -> int:
        parent = self.regions[region].parent_code
        return 0 if parent is None else 1 + self._depth(parent)


def _short(name: str) -> str:
    """内蒙古自治区 is often called 内蒙古, 广西壮族自治区 广西."""
    for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name.removesuffix("省").removesuffix("市") if len(name) > 2 else name


def read_catalogue(session: Session) -> Catalogue:
    """The catalogue as it stands now."""
    places = {each.code: each for each in session.exec(select(Place).where(Place.current))}
    standings = sorted(session.exec(select(ZoneStanding)), key=lambda each: each.valid_from or 0)
    indicators = session.exec(select(Indicator).where(Indicator.current).order_by(Indicator.position))  # type: ignore[arg-type]
    return Catalogue(
        indicators={each.code: each for each in indicators},
        units={each.symbol: each for each in session.exec(select(Unit))},
        places=places,
        regions={each.code: each for each in session.exec(select(Region)) if each.code in places},
        zones={each.code: each for each in session.exec(select(Zone)) if each.code in places},
        groups={each.code: each for each in session.exec(select(ZoneGroup)) if each.code in places},
        cities={each.zone_code: each.city_code for each in standings if each.zone_code in places},
    )
