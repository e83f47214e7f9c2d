"""Places: regions, zones and groups of zones. What a zone is, and where, is dated."""

from sqlmodel import Field, SQLModel

from models.columns import words
from models.enums import PlaceKind, ZoneLevel


class Place(SQLModel, table=True):
    """Anything a value can belong to. The code is in addresses and reports, so it never changes.

    Regions carry their GB/T 2260 code (150000), groups the region's code and a level (150000-national),
    zones a readable slug (baotou). One that left the data files is no longer `current`: it stays for what is on record.
    """

    code: str = Field(primary_key=True, max_length=60)
    kind: PlaceKind = Field(sa_type=words(PlaceKind))
    zh: str
    en: str
    position: int = 0
    current: bool = True


class Region(SQLModel, table=True):
    """A country, province or city. `register_complete_from`: the first year from which the list of its zones is
    known to be complete; before that, or when it is empty, a count of listed zones is not taken for the truth."""

    code: str = Field(primary_key=True, foreign_key="place.code", max_length=60)
    parent_code: str | None = Field(default=None, foreign_key="region.code", max_length=60)
    register_complete_from: int | None = None


class Zone(SQLModel, table=True):
    """A high-tech industrial development zone (高新技术产业开发区)."""

    code: str = Field(primary_key=True, foreign_key="place.code", max_length=60)
    aliases: str = ""


class ZoneStanding(SQLModel, table=True):
    """From `valid_from` on (None: since before the records begin) a zone stands at this level, in this city.

    A zone approved in 1990 and upgraded in 1992 has two rows; the one with the latest year <= t holds in year t.
    """

    id: int | None = Field(default=None, primary_key=True)
    zone_code: str = Field(foreign_key="zone.code", index=True, max_length=60)
    valid_from: int | None = None
    level: ZoneLevel = Field(sa_type=words(ZoneLevel))
    city_code: str = Field(foreign_key="region.code", max_length=60)
    source_id: str = Field(foreign_key="source.id", max_length=80)
    note: str = ""


class ZoneGroup(SQLModel, table=True):
    """All zones of a region, or those of one level. Its members are found for each year, never listed."""

    code: str = Field(primary_key=True, foreign_key="place.code", max_length=60)
    region_code: str = Field(foreign_key="region.code", max_length=60)
    level: ZoneLevel | None = Field(default=None, sa_type=words(ZoneLevel))
