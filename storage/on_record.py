"""What a load must not do: give another meaning to what is on record. All such lines are named at once."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, select

from models import Indicator, Observation, PolicyDocument, Statistic, Unit
from models.errors import Refused
from storage.datafiles import DataFiles, Located


def refuse_changed_meaning(session: Session, files: DataFiles) -> None:
    """Raises Refused naming every document that was edited and every unit in which values are already on record."""
    found = [*_edited_documents(session, files), *_changed_units(session, files)]
    if found:
        raise Refused("\n".join([*found, f"{len(found)} problem(s); nothing was loaded."]))


def _edited_documents(session: Session, files: DataFiles) -> Iterator[str]:
    stored = dict(session.exec(select(PolicyDocument.id, PolicyDocument.sha256)).all())
    for policy in files.policies:
        name = policy.policy.row.id
        if name in stored and stored[name] != hashlib.sha256(policy.original).hexdigest():
            folder = policy.policy.file.rsplit("/", 1)[0]
            yield (
                f"{folder}/text.txt is not the document that is on record as {name}: a document is never edited, as "
                "all quotes count in it; put the text back, or give the changed one a folder with another id."
            )


def _changed_units(session: Session, files: DataFiles) -> Iterator[str]:
    """Values are stored as numbers in the unit of their series, so that unit cannot be changed under them."""
    columns = Observation.__table__.columns  # type: ignore[attr-defined]
    factors = {each.row.symbol: each.row.factor for each in files.units}
    old_factors = {unit.symbol: unit.factor for unit in session.exec(select(Unit))}
    series: list[tuple[type[Statistic] | type[Indicator], list[Located[Any]], Any]] = [
        (Statistic, list(files.statistics), columns.statistic_code),
        (Indicator, list(files.indicators), columns.indicator_code),
    ]
    for table, located, column in series:
        used = set(session.exec(select(column).distinct()).all())
        old_units = dict(session.exec(select(table.code, table.unit)).all())
        for each in located:
            old = old_units.get(each.row.code)
            if old is None or each.row.code not in used:
                continue
            if each.row.unit != old or factors.get(old) != old_factors[old]:
                yield (
                    f"{each.file}, line {each.line}, unit: values of {each.row.code} are on record in {old} "
                    f"({old_factors[old].normalize():f}); keep that unit, or give the changed series another code."
                )
