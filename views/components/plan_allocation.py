"""A group's target spread over zones on the screen Plan: by a rule or by hand, checked, kept in versions, exported."""

from dataclasses import replace
from decimal import Decimal
from html import escape

import streamlit as st

from accounts.rights import may, parents_of_places
from exchange.comparison_table import Cell
from ledger.allocation import Wanted, allocate, withdraw
from models.calendar import clock
from models.enums import AllocationRule, DataSet, Kind
from models.errors import PlanRefused
from models.people import Action
from models.policy import Target
from settings import get_settings
from storage.engine import reading, shared_engine
from storage.queries import StoredAllocation
from targets.assessment.allocation import refuse_shares, spread
from tracking.allocation import Task, in_force
from tracking.format import MISSING, column, difference, differences, percents, with_unit
from tracking.phrases import named, short, target_words, title
from views.components.acting import answer
from views.components.charts import draw
from views.components.choice import choose, switch
from views.components.files import table_files
from views.components.page import Card, capital, cards, heading, link, section, show, table, tight, when
from views.components.plan_chart import steps_figure
from views.components.plan_state import refused, refused_words, run, typed_number, unit_words
from views.components.quote import paragraph
from views.person import person
from views.state import Reader, go

STEPS = ("1", "0.1", "0.01", "0.001")
HAND = "plan_hand"
REASON = "plan_reason"

Shares = dict[str, Decimal]


def allocation(reader: Reader, target: Target, task: Task | PlanRefused) -> None:
    """The shares by the chosen rule beside the zones' values, and the versions that were kept."""
    group = named(reader.snapshot.places[target.place_code], reader.language)
    heading(
        f"{reader.say('plan.allocation')} · {title(target, reader.language)} · {group}", _lead(reader, target, task)
    )
    answer()
    versions = reader.snapshot.allocations.get(target.id, ())
    chosen = _chosen_version(versions)
    if chosen is not None:
        _stored(reader, target, chosen)
    elif isinstance(task, Task):
        paragraph(reader, target)
        _numbers(reader, task)
        _new(reader, task, versions)
    else:
        paragraph(reader, target)
        refused(reader, task, target.id)
    _versions(reader, target, versions)


def _lead(reader: Reader, target: Target, task: Task | PlanRefused) -> str:
    """What is asked of the group, and whether it is spread already."""
    asked = target_words(reader.snapshot, target, reader.language)
    held = in_force(reader.snapshot, target.id)
    if held is None:
        return escape(reader.say("plan.lead.none", asked=asked))
    words = reader.say("plan.lead.held", asked=asked, version=held.record.version, zones=held.zones)
    if held.record.target_version != target.version:
        words += reader.say("plan.lead.changed", version=target.version)
    if (
        isinstance(task, Task)
        and not held.closed
        and (without := [zone for zone in task.basis if zone not in held.shares])
    ):
        names = ", ".join(named(reader.snapshot.places[zone], reader.language) for zone in without)
        words += reader.say("plan.lead.without", zones=names)
    return escape(words)


def _numbers(reader: Reader, task: Task) -> None:
    """The group's number, what the zones have now, what is missing."""
    say, language, unit = reader.say, reader.language, task.unit
    known = {zone: each.value for zone, each in task.basis.items() if each.value is not None}
    made = None
    if known and (len(known) == len(task.basis) or not task.goal.additive):
        exact = task.goal.group(known, {zone: task.basis[zone] for zone in known})
        made = Decimal(exact.numerator) / exact.denominator
    gap = None if made is None else (made - task.goal.number if task.goal.down else task.goal.number - made)
    missing = None if gap is None else max(gap, Decimal(0))
    how = say("plan.adds_up" if task.goal.additive else "plan.weighted")
    left = "" if task.target.deadline is None else say("target.deadline", year=task.target.deadline)
    cards(
        (
            Card(tight(with_unit(task.goal.number, unit, language)), say("plan.number"), left),
            Card(tight(with_unit(made, unit, language)), say("plan.now"), say("plan.of_year", year=task.year)),
            Card(tight(difference(missing, unit, language)), say("target.gap"), how),
            Card(str(len(task.basis)), say("plan.zones"), say("plan.with_value", number=len(known))),
        )
    )


def _rule() -> AllocationRule:
    given = st.query_params.get("rule")
    return AllocationRule(given) if given in list(AllocationRule) else AllocationRule.LATEST


def _step(task: Task) -> Decimal:
    given, offered = st.query_params.get("rounding"), _steps(task)
    return Decimal(given if given in offered else offered[min(2, len(offered) - 1)])


def _steps(task: Task) -> tuple[str, ...]:
    """What shares can be rounded to: of things that are counted only to whole ones."""
    return STEPS[:1] if task.target.kind is Kind.COUNT else STEPS


def _new(reader: Reader, task: Task, versions: tuple[StoredAllocation, ...]) -> None:
    """A version in the making."""
    say, rule, step = reader.say, _rule(), _step(task)
    section(say("plan.shares"), say(f"plan.rule.{rule.value}"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        switch(
            say("plan.rule"), list(AllocationRule), rule, lambda each: {"rule": each.value},
            key="plan_rule", words=lambda each: capital(say(f"allocation_rule.{each.value}")),
        )  # fmt: skip
        if rule is not AllocationRule.HAND and len(_steps(task)) > 1:
            choose(
                say("plan.rounding"), _steps(task), str(step), lambda each: {"rounding": each},
                key="plan_rounding", words=lambda each: f"{each} {unit_words(reader, task.unit)}", width=220,
            )  # fmt: skip
    try:
        if rule is AllocationRule.HAND:
            shares = _by_hand(reader, task, versions)
        else:
            shares = spread(rule, task.basis, task.goal, step)
        _table(reader, task, shares)
        refuse_shares(shares, task.basis, task.goal)
    except PlanRefused as why:
        show(f'<p class="t-empty t-wrong">{escape(refused_words(reader, why))}</p>')
        return
    _files(reader, task, shares)
    _save(reader, task, shares, versions)


def _by_hand(reader: Reader, task: Task, versions: tuple[StoredAllocation, ...]) -> Shares:
    """A field for each zone, which begins with the share in force, else with the equal one."""
    held = versions[-1].shares if versions else {}
    first = spread(AllocationRule.EQUAL, task.basis, task.goal, _finest(task))
    show(f'<p class="quiet">{escape(reader.say("plan.in_unit", unit=unit_words(reader, task.unit)))}</p>')
    columns = st.columns(4)
    typed = {}
    for at, zone in enumerate(task.basis):
        begun = held[zone].value if zone in held else first[zone]
        with columns[at % 4]:
            name = named(reader.snapshot.places[zone], reader.language)
            typed[zone] = st.text_input(name, value=f"{begun:f}", key=f"{HAND}|{task.target.id}|{zone}")
    return {zone: typed_number(text) for zone, text in typed.items()}


def _finest(task: Task) -> Decimal:
    """The chosen rounding, or the coarsest finer one that the group's number is a multiple of."""
    fitting = [each for each in STEPS if Decimal(each) <= _step(task) and not task.goal.number % Decimal(each)]
    return Decimal(fitting[0]) if fitting else Decimal(1).scaleb(min(0, int(task.goal.number.as_tuple().exponent)))


def _cells(reader: Reader, task: Task, shares: Shares) -> tuple[list[str], list[list[str]]]:
    """Head and rows: what each zone has, what it is asked, how much more that is."""
    say, language, unit = reader.say, reader.language, task.unit
    zones = list(shares)
    latest = {zone: task.basis[zone].value if zone in task.basis else None for zone in zones}
    more = [None if (now := latest[zone]) is None else shares[zone] - now for zone in zones]
    parts: list[Decimal | None] = [
        None if each is None or not latest[zone] else 100 * each / abs(latest[zone] or Decimal(1))
        for zone, each in zip(zones, more, strict=True)
    ]
    columns = (
        column([latest[zone] for zone in zones], unit, language),
        column([shares[zone] for zone in zones], unit, language),
        differences(more, unit, language),
        percents(parts),
    )
    head = ["evidence.place", "plan.latest", "role.share", "plan.more", "plan.more_percent"]
    body = [
        [
            link(reader.address("zone", place=zone), named(reader.snapshot.places[zone], language)),
            *(escape(each[at]) for each in columns),
        ]
        for at, zone in enumerate(zones)
    ]
    said = [say(each, year=task.year) if each == "plan.latest" else say(each) for each in head]
    return [capital(each) for each in said], body


def _table(reader: Reader, task: Task, shares: Shares) -> None:
    """The shares beside their picture, and the check that they come to the group's number."""
    say, unit, language = reader.say, task.unit, reader.language
    head, body = _cells(reader, task, shares)
    left, right = st.columns([7, 5], gap="large")
    with left:
        table(head, body, numbers=range(1, 5), label=say("plan.shares"))
        exact = task.goal.group(shares, task.basis)
        made = with_unit(Decimal(exact.numerator) / exact.denominator, unit, language, decimals=9)
        wanted = with_unit(task.goal.number, unit, language, decimals=9)
        key = "plan.check.sum" if task.goal.additive else "plan.check.ratio"
        show(f"<p><strong>{escape(say(key, made=made, wanted=wanted, year=task.year))}</strong></p>")
    with right:
        names = [short(reader.snapshot.places[zone], language) for zone in shares]
        words = (head[1], head[2])
        figure = steps_figure(
            reader, names, [task.basis[zone].value for zone in shares], list(shares.values()), unit, words
        )
        draw(figure, f"allocation-{task.target.id.replace('/', '-')}", words=say("plan.shares"))


def _files(reader: Reader, task: Task, shares: Shares) -> None:
    say, unit = reader.say, unit_words(reader, task.unit)
    head = (say("evidence.place"), say("plan.latest", year=task.year), say("role.share"))
    rows: list[list[Cell]] = [[head[0], f"{head[1]} ({unit})", f"{head[2]} ({unit})"]]
    for zone, share in shares.items():
        rows.append([named(reader.snapshot.places[zone], reader.language), task.basis[zone].value, share])
    if reader.data_set is DataSet.DEMONSTRATION:
        rows.append([say("chart.demonstration")])
    name = f"allocation-{task.target.id.replace('/', '-')}-{reader.data_set.value}"
    table_files(lambda: rows, say("plan.allocation"), name, "plan")


def _may(reader: Reader, place: str) -> bool:
    with reading(shared_engine(get_settings().database_url)) as session:
        return may(person(), Action.ALLOCATE, place, parents_of_places(session))


def _save(reader: Reader, task: Task, shares: Shares, versions: tuple[StoredAllocation, ...]) -> None:
    """Who may, saves the shares as the next version; a change says why."""
    say, known = reader.say, versions[-1].record.version if versions else 0
    if not _may(reader, task.place.code):
        show(
            f'<p class="quiet">{escape(say("plan.refused.not_allowed", place=named(task.place, reader.language)))}</p>'
        )
        return
    wanted = Wanted(reader.data_set, task.target.id, _rule(), _step(task), task.year, task.basis, shares, known=known)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if known:  # The first version needs no reason.
            st.text_input(say("plan.reason"), key=REASON, width=480)
        st.button(say("plan.save", version=known + 1), key="plan_save", type="primary", on_click=_keep, args=(wanted,))
        if in_force(reader.snapshot, task.target.id):
            st.button(say("plan.withdraw"), key="plan_withdraw", on_click=_take_back, args=(wanted,))


def _with_reason(wanted: Wanted) -> Wanted:
    return replace(wanted, reason=_reason())


def _reason() -> str:
    return str(st.session_state.get(REASON) or "")


def _keep(wanted: Wanted) -> None:
    made = run(lambda session: allocate(session, person(), _with_reason(wanted)), "plan.saved")
    if made:
        go(version=str(made))


def _take_back(wanted: Wanted) -> None:
    run(
        lambda session: withdraw(session, person(), wanted.data_set, wanted.target_id, wanted.known, _reason()),
        "plan.withdrawn",
    )


def _chosen_version(versions: tuple[StoredAllocation, ...]) -> StoredAllocation | None:
    given = st.query_params.get("version")
    return next((each for each in versions if str(each.record.version) == given), None)


def _stored(reader: Reader, target: Target, chosen: StoredAllocation) -> None:
    """One version as it was kept, with what it was made from: the step between a share and the policy's words."""
    say, record, unit = reader.say, chosen.record, reader.snapshot.units[chosen.record.unit]
    paragraph(reader, target)
    section(say("plan.version", version=record.version), _told(reader, chosen))
    zones = list(chosen.shares)
    latest = column([chosen.shares[zone].latest for zone in zones], unit, reader.language)
    shares = column([chosen.shares[zone].value for zone in zones], unit, reader.language)
    body = [
        [
            link(
                reader.address("target", target=target.id, place=zone, share=1),
                named(reader.snapshot.places[zone], reader.language),
            ),
            latest[at],
            shares[at],
        ]
        for at, zone in enumerate(zones)
    ]
    year = record.year or MISSING
    head = [say("evidence.place"), say("plan.latest", year=year), say("role.share")]
    if chosen.closed:
        show(f'<p class="quiet">{escape(say("plan.closed_shares", number=chosen.closed))}</p>')
    if body:
        table(head, body, numbers=(1, 2), label=say("plan.version", version=record.version))
    show(f"<p>{link(reader.address('plan', target=target.id), say('plan.new'))}</p>")


def _told(reader: Reader, each: StoredAllocation) -> str:
    """Who, when, by which rule, why."""
    say, record = reader.say, each.record
    rule = say(f"allocation_rule.{record.rule.value}") if each.zones else say("plan.taken_back")
    unit = reader.snapshot.units[record.unit]
    total = with_unit(record.total, unit, reader.language, decimals=9)
    words = say(
        "plan.version.told", day=clock(record.at), actor=record.actor, rule=rule, total=total,
        target_version=record.target_version,
    )  # fmt: skip
    return words + (say("plan.version.reason", reason=record.reason) if record.reason else "")


def _versions(reader: Reader, target: Target, versions: tuple[StoredAllocation, ...]) -> None:
    if not versions:
        return
    say = reader.say
    section(say("plan.versions"), say("plan.versions.note"))
    lines = [
        (
            link(reader.address("plan", target=target.id, version=each.record.version), f"v{each.record.version}"),
            when(each.record.at),
            escape(each.record.actor),
            escape(say(f"allocation_rule.{each.record.rule.value}") if each.zones else say("plan.taken_back")),
            str(each.zones),
            escape(each.record.reason),
        )
        for each in reversed(versions)
    ]
    names = ("version", "when", "who", "rule", "zones", "reason")
    table([say(f"plan.column.{each}") for each in names], lines, numbers=(4,), label=say("plan.versions"))
