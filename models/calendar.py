"""Days. Rounds, due dates and "as known on" are days of China, whatever clock a server runs on."""

from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""The one time of the country; it has no summer time."""


def day_of(moment: datetime) -> date:
    """The day in China on which a moment lies."""
    return moment.astimezone(CHINA).date()


def clock(moment: datetime) -> str:
    """A moment as a clock in China shows it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def end_of(day: date) -> datetime:
    """The last moment of a day in China, in UTC."""
    return datetime.combine(day, time.max, CHINA).astimezone(UTC)


def today() -> date:
    """The day in China that it is now."""
    return day_of(datetime.now(UTC))
