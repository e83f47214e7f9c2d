"""The outlook of a row of the board, and what is said of it."""

from models.catalogue import Unit
from models.enums import Kind, Language
from storage.wording import say
from targets.assessment.outlook import Outlook, outlook
from tracking.asked import spaced
from tracking.board import BoardRow
from tracking.format import percent, plain, with_unit


def outlook_of(row: BoardRow) -> Outlook | None:
    """How likely the target is reached by its deadline, seen from the year of the verdict; None where it cannot be
    said or is decided already."""
    as_of = row.assessment.as_of
    values, reference = (
        {year: value for year, value in series.numbers().items() if as_of is None or year <= as_of} if series else {}
        for series in (row.series, row.reference)
    )
    return outlook(row.spec, row.assessment, values, reference, percent=row.indicator.unit == "%")


def outlook_words(row: BoardRow, unit: Unit, language: Language) -> str:
    """`较有把握：…` in one sentence; empty where nothing can be said."""
    found = outlook_of(row)
    if found is None:
        return ""

    def figure(number: float) -> str:
        number = float(f"{number:.3g}")  # What is guessed is not said to the last enterprise.
        multiple = row.target.kind is Kind.MULTIPLE_OF_REFERENCE
        return say("outlook.times", language, number=plain(number)) if multiple else with_unit(number, unit, language)

    words, span = say(f"chance.{found.words.value}", language), (figure(found.low), figure(found.high))
    chance = _chance(found.chance, language)
    said = say("outlook.sentence", language, words=words, chance=chance, year=found.year, low=span[0], high=span[1])
    return spaced(said, language)


def _chance(chance: float, language: Language) -> str:
    """A whole percentage; nothing that may still happen is said to be certain or impossible."""
    whole = round(chance)
    key = "outlook.hardly" if whole < 1 else "outlook.nearly" if whole > 99 else "outlook.about"
    return say(key, language, chance=percent(whole))
