"""The scenario of a target on the screen Plan: what is assumed, what the group comes to, and what it takes."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from html import escape

import streamlit as st

from exchange.comparison_table import Cell
from ledger.scenarios import Assumption, Kept, put_away, read_scenario, save_scenario, scenarios_of
from models.calendar import day_of
from models.catalogue import Indicator, Unit
from models.enums import DataSet, Kind
from models.errors import NotAllowed, PlanRefused, UnknownId
from models.policy import Target
from models.scenario import Scenario
from settings import get_settings
from storage.engine import reading, shared_engine
from tracking.board import BoardRow
from tracking.format import MISSING, column, difference, differences, percents, with_unit
from tracking.phrases import named, short, target_words, title
from tracking.what_if import (
    Case,
    Least,
    Lever,
    Paths,
    as_before,
    case_of,
    effects,
    grown,
    growth_to,
    least,
    led_to,
    outcome,
)
from views.components.acting import ANSWER, answer
from views.components.charts import draw
from views.components.choice import switch
from views.components.files import table_files
from views.components.page import Card, capital, cards, heading, link, section, show, status_badge, table, tight, when
from views.components.plan_chart import course_figure, steps_figure
from views.components.plan_state import refused, refused_words, run, typed_number, unit_words
from views.components.quote import paragraph
from views.person import person
from views.state import Reader, go, read_reader

FIELD, NAME = "plan_lever", "plan_name"
GROWTH, VALUE = "growth", "value"


@dataclass(frozen=True, slots=True)
class Look:
    """A scenario as it is on the screen."""

    reader: Reader
    case: Case
    kept: Kept | None
    mode: str

    def unit(self, lever: Lever) -> Unit:
        """The unit that values of a lever are typed and shown in."""
        series = lever.statistic
        return self.reader.snapshot.units[series.unit if isinstance(series, Indicator) else series.display_unit]

    def shown(self, lever: Lever, stored: Decimal) -> Decimal:
        """A stored value in that unit."""
        return stored * self._factor(lever)

    def stored(self, lever: Lever, shown: Decimal) -> Decimal:
        """A value of that unit as it is stored."""
        return shown / self._factor(lever)

    def _factor(self, lever: Lever) -> Decimal:
        units = self.reader.snapshot.units
        return units[lever.statistic.unit].factor / self.unit(lever).factor

    def by_value(self, lever: Lever) -> bool:
        """Whether the value of the horizon is typed, not a growth."""
        return lever.main and self.mode == VALUE

    def key(self, lever: Lever) -> str:
        """The field of a lever. Another scenario, year or mode has fields of its own."""
        number = self.kept.record.id if self.kept else 0
        mode = VALUE if self.by_value(lever) else GROWTH
        return "|".join((FIELD, self.case.target.id, str(number), str(self.reader.year), mode, *lever.key))


def scenario(reader: Reader, target: Target) -> None:
    """What would be, if the years to come went as is assumed here."""
    group = named(reader.snapshot.places[target.place_code], reader.language)
    name = f"{reader.say('plan.scenario')} · {title(target, reader.language)} · {group}"
    try:
        case = case_of(reader.board, target.id)
        saved, kept = _saved(reader, target)
    except (PlanRefused, NotAllowed, UnknownId) as why:
        heading(name)
        paragraph(reader, target)
        refused(reader, why, target.id)
        return
    look = Look(reader, case, kept, _mode(kept))
    _screen(look, name, saved)


def _screen(look: Look, name: str, saved: list[Scenario]) -> None:
    reader, case = look.reader, look.case
    top = st.container()
    section(reader.say("plan.assumptions"), _note(look))
    _tools(look)
    try:
        assumptions = _typed(look)
        paths = _paths(look, assumptions)
    except PlanRefused as why:
        with top:
            heading(name)
        show(f'<p class="t-empty t-wrong">{escape(refused_words(reader, why))}</p>')
        return
    row, plan = outcome(case, paths), _least(case, paths)
    with top:
        heading(name, f"{status_badge(reader, row)} {escape(_lead(look, row))}")
        answer()
        show(f'<p class="t-demo">{escape(reader.say("plan.assumed", owner=_owner(look, paths)))}</p>')
        paragraph(reader, case.target)
        _numbers(look, row, paths)
        left, right = st.columns([7, 5], gap="large")
        with left:
            draw(course_figure(reader, case, paths), f"scenario-{_file(look)}", words=reader.say("plan.course"))
        with right:
            _picture(look, paths, plan if isinstance(plan, Least) else None)
    _results(look, paths, plan)
    _keep(look, assumptions, saved)


def _mode(kept: Kept | None) -> str:
    given = st.query_params.get("mode")
    if given in (GROWTH, VALUE):
        return given
    return VALUE if kept and any(each.value is not None for each in kept.assumptions.values()) else GROWTH


def _saved(reader: Reader, target: Target) -> tuple[list[Scenario], Kept | None]:
    """All scenarios of the target, and the one that the address names."""
    given = st.query_params.get("scenario") or ""
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
    with reading(shared_engine(get_settings().database_url)) as session:
        saved = scenarios_of(session, person(), reader.data_set, target)
        known = number in {each.id for each in saved}
        kept = read_scenario(session, person(), reader.data_set, target, number) if number and known else None
        session.expunge_all()
        return saved, kept


def _owner(look: Look, paths: Paths) -> str:
    """Whose scenario it is; what was changed since it was saved is nobody's yet."""
    if look.kept is None:
        return look.reader.say("plan.not_saved")
    record = look.kept.record
    saved = _paths(look, {each.key: _held(look, each) for each in look.case.levers})
    same = all(_close(saved[key][look.case.horizon], paths[key][look.case.horizon]) for key in saved)
    return look.reader.say(
        "plan.saved_as" if same else "plan.changed_from",
        name=record.name, version=record.version, owner=record.owner, day=day_of(record.at),
    )  # fmt: skip


def _close(one: Decimal, other: Decimal) -> bool:
    """The same but for the rounding of what is shown in a field."""
    return abs(one - other) <= abs(one) / 1_000_000


def _note(look: Look) -> str:
    say, case = look.reader.say, look.case
    words = say("plan.assumptions.note", year=look.reader.year, horizon=case.horizon)
    if case.missing:
        names = (named(look.reader.snapshot.places[zone], look.reader.language) for zone in case.missing)
        words += say("plan.assumptions.missing", zones=("、" if look.reader.in_chinese else ", ").join(names))
    return words


def _tools(look: Look) -> None:
    say = look.reader.say
    with st.container(horizontal=True, vertical_alignment="bottom"):
        switch(
            say("plan.mode"), [GROWTH, VALUE], look.mode, partial(_change_mode, look.case.target.id),
            key="plan_mode", words=lambda each: capital(say(f"plan.mode.{each}", year=look.case.horizon)),
        )  # fmt: skip
        st.button(say("plan.as_before"), key="plan_as_before", on_click=_reset)
        st.button(say("plan.fill_least"), key="plan_fill", on_click=_fill, args=(look.case.target.id,))


def _held(look: Look, lever: Lever) -> Assumption:
    """What was saved of a lever, else that it goes on as lately."""
    held = look.kept.assumptions.get(lever.key) if look.kept else None
    return held or Assumption(growth=lever.recent)


def _first(look: Look, lever: Lever) -> str:
    """What stands in a field at first."""
    return _as_typed(look, lever, _held(look, lever))


def _as_typed(look: Look, lever: Lever, each: Assumption) -> str:
    """An assumption as it stands in its field: turned into a growth or a value, as the mode asks."""
    horizon = look.case.horizon
    if look.by_value(lever):
        value = each.value
        if value is None:
            value = grown(lever, each.growth or Decimal(0), horizon)[horizon]
        return _number(look.shown(lever, value))
    growth = each.growth
    if growth is None:
        growth = growth_to(lever, each.value or Decimal(0), horizon)
    return _number(growth)


def _number(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.00000001')).normalize():f}"


def _typed(look: Look) -> dict[tuple[str, str], Assumption]:
    """The fields, and what stands in them. Raises PlanRefused for what is no number."""
    found: dict[tuple[str, str], Assumption] = {}
    groups: dict[str, list[Lever]] = {}
    for lever in look.case.levers:
        groups.setdefault(f"{lever.statistic.code}|{lever.main}", []).append(lever)
    for levers in groups.values():
        words = unit_words(look.reader, look.unit(levers[0]))
        name = capital(named(levers[0].statistic, look.reader.language))
        kind = "reference" if levers[0].reference else "value" if look.by_value(levers[0]) else "growth"
        said = look.reader.say(f"plan.field.{kind}", name=name, unit=words, year=look.case.horizon)
        # Denominators are looked at less often: they are folded away.
        open_ = levers[0].main or levers[0].reference
        with st.container() if open_ else st.expander(said):
            if open_:
                show(f'<p class="quiet">{escape(said)}</p>')
            found |= {lever.key: _assumption(look, lever, text) for lever, text in _fields(look, levers)}
    return found


def _fields(look: Look, levers: list[Lever]) -> list[tuple[Lever, str]]:
    """A field for each place, with what stands in it."""
    columns, found = st.columns(5), []
    for at, lever in enumerate(levers):
        name = named(lever.place, look.reader.language)
        with columns[at % 5]:
            st.session_state.setdefault(look.key(lever), _first(look, lever))
            found.append((lever, st.text_input(name, key=look.key(lever))))
    return found


def _assumption(look: Look, lever: Lever, text: str) -> Assumption:
    """What a field says. What was not touched stays as it was saved, with all of its digits."""
    held = _held(look, lever)
    if text.strip() == _first(look, lever):
        return held
    if look.by_value(lever):
        return Assumption(value=look.stored(lever, typed_number(text)))
    return Assumption(growth=typed_number(text.strip().removesuffix("%").removesuffix("％")))


def _paths(look: Look, assumptions: dict[tuple[str, str], Assumption]) -> Paths:
    horizon = look.case.horizon
    return {
        lever.key: grown(lever, each.growth, horizon)
        if (each := assumptions[lever.key]).growth is not None
        else led_to(lever, each.value or Decimal(0), horizon)
        for lever in look.case.levers
    }


def _lead(look: Look, row: BoardRow) -> str:
    reader = look.reader
    unit = reader.snapshot.units[row.indicator.unit]
    asked = target_words(reader.snapshot, row.target, reader.language)
    value = with_unit(row.assessment.value, unit, reader.language, decimals=4)
    return reader.say("plan.lead.scenario", year=look.case.horizon, value=value, asked=asked)


def _numbers(look: Look, row: BoardRow, paths: Paths) -> None:
    reader, say = look.reader, look.reader.say
    unit, language = reader.snapshot.units[row.indicator.unit], reader.language
    usual = outcome(look.case, as_before(look.case))
    asked = target_words(reader.snapshot, row.target, language, dated=False)
    point = row.point
    zones = MISSING if point is None else f"{point.reported} / {point.members}"
    cards(
        (
            Card(tight(asked), say("plan.number"), _then(look, row)),
            Card(tight(with_unit(row.assessment.value, unit, language)), say("plan.result"), say("plan.result.note")),
            Card(tight(with_unit(usual.assessment.value, unit, language)), say("plan.usual"), say("plan.usual.note")),
            Card(tight(difference(row.assessment.gap, unit, language)), say("target.gap"), ""),
            Card(zones, say("plan.zones"), say("plan.zones.note")),
        )
    )


def _then(look: Look, row: BoardRow) -> str:
    """By when; of a multiple also the number that it comes to by then."""
    reader, horizon = look.reader, look.case.horizon
    if row.target.kind is not Kind.MULTIPLE_OF_REFERENCE:
        return reader.say("target.deadline", year=horizon)
    unit = reader.snapshot.units[row.indicator.unit]
    number = with_unit(row.assessment.threshold, unit, reader.language)
    return reader.say("plan.number.then", year=horizon, number=number)


def _results(look: Look, paths: Paths, plan: Least | PlanRefused) -> None:
    """Which zone moves the result, and what the least effort asks of each."""
    reader, case, say = look.reader, look.case, look.reader.say
    moved = effects(case, paths)
    section(say("plan.effects"), say("plan.effects.note"))
    head, rows, cells = _effect_rows(look, paths, moved, plan if isinstance(plan, Least) else None)
    table(head, rows, numbers=range(2, len(head)), label=say("plan.effects"))
    if isinstance(plan, Least):
        unit = reader.snapshot.units[case.indicator.unit]
        value = with_unit(plan.row.assessment.value, unit, reader.language, decimals=4)
        words = say("plan.least.note", value=value)
    else:
        words = say("plan.least.none", why=refused_words(reader, plan))
    show(f'<p class="quiet">{escape(words)}</p>')
    _files(look, paths, head, cells)


def _least(case: Case, paths: Paths) -> Least | PlanRefused:
    try:
        return least(case, paths)
    except PlanRefused as why:
        return why


def _effect_rows(
    look: Look, paths: Paths, moved: dict[str, Decimal], plan: Least | None
) -> tuple[list[str], list[list[str]], list[list[Cell]]]:
    """Head, rows for the screen and plain rows for files, the zone that moves the result most first."""
    reader, case, say, language = look.reader, look.case, look.reader.say, look.reader.language
    unit = reader.snapshot.units[case.indicator.unit]
    order = {zone: at for at, zone in enumerate(moved)}
    mains = sorted(case.mains, key=lambda each: order.get(each.place.code, len(order)))
    own = look.unit(mains[0])
    horizon = case.horizon
    latest = [look.shown(each, each.base) for each in mains]
    assumed = [look.shown(each, paths[each.key][horizon]) for each in mains]
    adds = [moved.get(each.place.code) for each in mains]
    words = [column(latest, own, language), column(assumed, own, language)]
    words.append(differences(adds, unit, language, decimals=4))
    numbers: list[list[Cell]] = [[*latest], [*assumed], [*adds]]
    head = [
        say("ranking.rank"), say("evidence.place"), say("plan.latest_value"), say("plan.assumed_value", year=horizon),
        say("plan.one_percent"),
    ]  # fmt: skip
    if plan is not None:
        by_zone = {each.lever.place.code: each for each in plan.steps}
        steps = [by_zone[each.place.code] for each in mains]
        needed = [look.shown(each.lever, each.needed) for each in steps]
        yearly = [look.shown(each.lever, each.yearly) for each in steps]
        words += [column(needed, own, language), column(yearly, own, language)]
        words += [percents([each.growth for each in steps]), percents([each.change for each in steps], 2)]
        numbers += [[*needed], [*yearly], [each.growth for each in steps], [each.change for each in steps]]
        head += [say(f"plan.least.{each}", year=horizon) for each in ("needed", "yearly", "growth", "change")]
    body, plain_rows = [], list[list[Cell]]()
    for at, each in enumerate(mains):
        name = named(each.place, language)
        rank = str(at + 1) if each.place.code in order else MISSING
        body.append([rank, link(reader.address("zone", place=each.place.code), name), *(escape(w[at]) for w in words)])
        plain_rows.append([at + 1, name, *(values[at] for values in numbers)])
    return head, body, plain_rows


def _picture(look: Look, paths: Paths, plan: Least | None) -> None:
    """From the latest value to what is assumed, or to what the least effort asks."""
    case, say = look.case, look.reader.say
    ends = {each.lever.key: each.needed for each in plan.steps} if plan else {}
    names = [short(each.place, look.reader.language) for each in case.mains]
    start = [look.shown(each, each.base) for each in case.mains]
    end = [look.shown(each, ends.get(each.key, paths[each.key][case.horizon])) for each in case.mains]
    last = say("plan.least.needed", year=case.horizon) if plan else say("plan.assumed_value", year=case.horizon)
    figure = steps_figure(look.reader, names, start, end, look.unit(case.mains[0]), (say("plan.latest_value"), last))
    draw(figure, f"effort-{_file(look)}", words=last)


def _file(look: Look) -> str:
    return f"{look.case.target.id.replace('/', '-')}-{look.reader.data_set.value}"


def _files(look: Look, paths: Paths, head: list[str], rows: list[list[Cell]]) -> None:
    """The table as it is seen, with its unit, and the mark that it is assumed."""
    say, unit = look.reader.say, look.unit(look.case.mains[0])
    words = unit_words(look.reader, unit)
    marks: list[list[Cell]] = [[say("plan.in_unit", unit=words)], [say("plan.assumed", owner=_owner(look, paths))]]
    if look.reader.data_set is DataSet.DEMONSTRATION:
        marks.append([say("chart.demonstration")])
    whole: list[list[Cell]] = [[*head], *rows, *marks]
    table_files(lambda: whole, say("plan.scenario"), f"scenario-{_file(look)}", "plan")


def _keep(look: Look, assumptions: dict[tuple[str, str], Assumption], saved: list[Scenario]) -> None:
    """A name to save it under, and what was saved before."""
    reader, say = look.reader, look.reader.say
    section(say("plan.scenarios"), say("plan.scenarios.note"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = look.kept.record.name if look.kept else ""
        st.text_input(say("plan.name"), value=own, key=f"{NAME}|{own}", width=360)
        args = (reader.data_set, look.case.target.id, f"{NAME}|{own}", reader.year, assumptions)
        st.button(say("plan.save_scenario"), key="plan_save_scenario", type="primary", on_click=_save, args=args)
        if own and look.kept and look.kept.record.owner == person().login:
            put = (reader.data_set, look.case.target, own)
            st.button(say("plan.put_away"), key="plan_put_away", on_click=_put_away, args=put)
    if not saved:
        return
    lines = [
        (
            link(
                reader.address("plan", target=each.target_id, part="scenario", scenario=each.id, year=each.as_of),
                f"{each.name} v{each.version}",
            ),
            escape(each.owner),
            when(each.at),
            str(each.as_of),
        )
        for each in saved
    ]
    names = ("name", "who", "when", "as_of")
    table([say(f"plan.column.{each}") for each in names], lines, numbers=(3,), label=say("plan.scenarios"))


def _save(
    data_set: DataSet, target_id: str, name: str, as_of: int, assumptions: dict[tuple[str, str], Assumption]
) -> None:
    words = str(st.session_state.get(name) or "")
    made = run(
        lambda session: save_scenario(session, person(), data_set, target_id, words, as_of, assumptions),
        "plan.scenario_saved",
    )
    if made:
        go(scenario=str(made))


def _put_away(data_set: DataSet, target: Target, name: str) -> None:
    if run(lambda session: put_away(session, person(), data_set, target, name), "plan.scenario_put_away"):
        _reset()


def _change_mode(target_id: str, mode: str) -> dict[str, str | None]:
    """What is typed as growth is shown as values, and the other way round; what is no number is let go."""
    reader = read_reader()
    try:
        look = _look(reader, target_id)
        typed = _from_fields(look)
        turned = Look(reader, look.case, look.kept, mode)
        for lever in look.case.mains:
            st.session_state[turned.key(lever)] = _as_typed(turned, lever, typed[lever.key])
    except (PlanRefused, NotAllowed, UnknownId):
        pass
    return {"mode": mode}


def _look(reader: Reader, target_id: str) -> Look:
    """What the address of now shows, for what a button does before the screen is drawn."""
    case = case_of(reader.board, target_id)
    kept = _saved(reader, case.target)[1]
    return Look(reader, case, kept, _mode(kept))


def _reset() -> None:
    """Back to how things went lately: nothing saved is touched."""
    for key in [key for key in st.session_state if str(key).startswith(FIELD)]:
        del st.session_state[key]
    go(scenario=None)


def _fill(target_id: str) -> None:
    """Puts the plan of least effort into the fields, as values of the horizon."""
    reader = read_reader()
    try:
        look = _look(reader, target_id)
        plan = least(look.case, _paths(look, _from_fields(look)))
    except (PlanRefused, NotAllowed, UnknownId) as why:
        st.session_state[ANSWER] = ("t-wrong", refused_words(reader, why))
        return
    filled = Look(reader, look.case, look.kept, VALUE)
    for step in plan.steps:
        st.session_state[filled.key(step.lever)] = _number(look.shown(step.lever, step.needed))
    go(mode=VALUE)


def _from_fields(look: Look) -> dict[tuple[str, str], Assumption]:
    return {
        lever.key: _assumption(look, lever, str(st.session_state.get(look.key(lever), _first(look, lever))))
        for lever in look.case.levers
    }
