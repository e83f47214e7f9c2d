"""What Overview tells each reader first: a clerk what is due, a reviewer what waits, a leader what to know."""

from html import escape

from accounts.rights import may_somewhere
from models.calendar import day_of
from models.enums import DataSet, SubmissionState
from models.people import Action
from settings import get_settings
from storage.engine import reading, shared_engine
from submissions.duties import HandedIn, Progress, ToReport, Waiting, handed_in, progress, to_report, to_review
from tracking.board import BoardRow
from tracking.headlines import Headline, headlines
from tracking.membership import province_of, region_of
from tracking.phrases import named, sentence, title
from views.components.page import Card, capital, cards, empty, link, section, show, status_badge
from views.components.reporting import YEAR
from views.person import person
from views.state import Reader

MOST = 5
"""So many lines stand on Overview; the rest is one click away."""


def home(reader: Reader) -> None:
    """What is due and what waits, for those whom it concerns; nothing for anybody else, and nothing of the past."""
    if reader.data_set is DataSet.DEMONSTRATION or reader.known:
        return
    who = person()
    with reading(shared_engine(get_settings().database_url)) as session:
        enters = may_somewhere(who, Action.EDIT_DRAFT)
        mine, done = (to_report(session, who), handed_in(session, who)) if enters else ([], [])
        waiting = to_review(session, who) if may_somewhere(who, Action.REVIEW) else []
    if mine:
        section(reader.say("home.due"))
        _list([_due(reader, each) for each in mine[:MOST]])
    if done:
        section(reader.say("home.done"))
        _list([_done(reader, each) for each in done[:MOST]])
    if waiting:
        section(reader.say("home.waiting", number=len(waiting)))
        _list([_waiting(reader, each) for each in waiting[:MOST]])


def _list(lines: list[str]) -> None:
    show(f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")


def _due(reader: Reader, each: ToReport) -> str:
    zone = named(reader.snapshot.places[each.zone], reader.language)
    words = reader.say("home.figures", zone=zone, year=each.year)
    address = reader.address("entry", data=DataSet.REAL.value, place=each.zone, **{YEAR: each.year})
    key = "home.days_left" if each.days >= 0 else "home.days_over"
    days = reader.say(key, due=each.due_on, days=abs(each.days))
    kind = "t-wrong" if each.days < 0 else "t-asked" if each.days <= 7 else "quiet"
    told = reader.say("home.filled", filled=each.filled, of=each.of, open=each.open)
    back = reader.say("home.returned", words=each.returned) if each.state is SubmissionState.RETURNED else ""
    return f'{link(address, words)} <span class="{kind}">{escape(days)}</span> {escape(told)}{escape(back)}'


def _done(reader: Reader, each: HandedIn) -> str:
    zone = named(reader.snapshot.places[each.zone], reader.language)
    address = reader.address("entry", data=DataSet.REAL.value, place=each.zone, **{YEAR: each.year})
    words = reader.say(f"home.{each.state.value}", day=day_of(each.at), who=each.who)
    return f"{link(address, reader.say('home.figures', zone=zone, year=each.year))} {escape(words)}"


def _waiting(reader: Reader, each: Waiting) -> str:
    zone = named(reader.snapshot.places[each.zone], reader.language)
    address = reader.address("review", data=DataSet.REAL.value, place=each.zone, **{YEAR: each.year})
    words = reader.say("home.since" if each.days else "home.since_today", days=each.days)
    words += reader.say("home.late") if each.late else ""
    return f"{link(address, reader.say('home.figures', zone=zone, year=each.year))} {escape(words)}"


def of_own_regions(reader: Reader, rows: list[BoardRow]) -> list[BoardRow]:
    """The rows of the provinces that a person has a role in; where there are none, or it is the country, all."""
    snapshot, year = reader.snapshot, reader.year

    def province(place: str) -> str:
        return province_of(snapshot, region_of(snapshot, place, year))

    own = {province(grant.place) for grant in person().grants if grant.place in snapshot.places}
    return [row for row in rows if province(row.place.code) in own] or rows


def five_things(reader: Reader, asked: list[BoardRow]) -> bool:
    """The five things to know of what is asked, for those who answer for a region; whether they are told."""
    who = person()
    leads = any(may_somewhere(who, each) for each in (Action.MANAGE_POLICIES, Action.REVIEW))
    if not leads and may_somewhere(who, Action.EDIT_DRAFT):
        return False
    found = headlines(reader.board, reader.board_of(reader.year - 1), asked)
    told = [each for each in found if each.row is not None]
    if not told:
        return False
    section(reader.say("home.five"))
    show(f'<ul class="two">{"".join(f"<li>{_headline(reader, each)}</li>" for each in found)}</ul>')
    return True


def _headline(reader: Reader, each: Headline) -> str:
    kind = f"<b>{escape(reader.say(f'home.five.{each.topic.value}'))}</b> "
    if each.row is None:
        name = named(reader.snapshot.indicators[each.indicator], reader.language)
        return kind + escape(reader.say("home.five.lacking", number=each.number, of=each.of, indicator=name))
    row = each.row
    moved = ""
    if each.before is not None and each.before.status_class is not row.status_class:
        before = reader.say(f"status.{each.before.status.value}")
        moved = f' <span class="quiet">{escape(reader.say("home.five.before", status=before))}</span>'
    words = capital(sentence(reader.snapshot, row, reader.language))
    return (
        f"{kind}{status_badge(reader, row)} {link(_target(reader, row), title(row.target, reader.language))}{moved}<br>"
        f"{escape(words)}"
    )


def _target(reader: Reader, row: BoardRow) -> str:
    judged = row.indicator.code if row.indicator.code != row.target.indicator_code else None
    return reader.address("target", target=row.target.id, place=row.place.code, indicator=judged)


def running_rounds(reader: Reader) -> None:
    """How far the zones of the running rounds are, in numbers, for those who read the region's approved values."""
    who = person()
    with reading(shared_engine(get_settings().database_url)) as session:
        found = progress(session, who)
    section(reader.say("overview.round"))
    if not found:
        empty(reader, "overview.no_round")
    for each in found:
        _progress(reader, each)


def _progress(reader: Reader, each: Progress) -> None:
    region = named(reader.snapshot.places[each.round.region], reader.language)
    told = reader.say("home.round", region=region, year=each.round.year, due=each.round.due_on)
    show(f"<p>{escape(told)}</p>")
    cards(
        [
            Card(str(number), reader.say(f"submission_state.{state.value}" if state else "review.not_started"))
            for state, number in each.counts.items()
        ]
        + [Card(str(each.late), reader.say("review.late"))]
    )
