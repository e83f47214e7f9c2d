"""Plan: a group's target spread over its zones, and what other values would come to."""

import streamlit as st

from models.enums import PlaceKind
from models.errors import PlanRefused, UnknownId
from models.policy import Target
from tracking.allocation import Task, task_of
from tracking.phrases import policy_title, title
from views.components.choice import choose, hold, switch
from views.components.page import empty, heading, unknown
from views.components.plan_allocation import allocation
from views.components.plan_scenario import scenario
from views.state import Reader, read_reader

ALLOCATION, SCENARIO = "allocation", "scenario"


def screen(reader: Reader) -> None:
    """One target of a group; without one in the address the first that can be spread."""
    offered = [each.id for each in reader.snapshot.targets if _of_group(reader, each)]
    if not offered:
        heading(reader.say("screen.plan"))
        empty(reader, "empty.no_data")
        return
    try:
        target = reader.snapshot.target(reader.target or _first(reader, offered))
    except UnknownId as error:
        unknown(reader, error, "plan", "target")
        return
    hold(reader, target=target.id)
    _choice(reader, offered if target.id in offered else [*offered, target.id], target)
    if _part(reader) == SCENARIO:
        scenario(reader, target)
    else:
        allocation(reader, target, _task(reader, target.id))


def _part(reader: Reader) -> str:
    """Which of the two the address asks for; a switch shows it."""
    given = st.query_params.get("part")
    part = SCENARIO if given == SCENARIO else ALLOCATION
    switch(
        reader.say("screen.plan"), [ALLOCATION, SCENARIO], part, lambda each: {"part": each},
        key="plan_part", words=lambda each: reader.say(f"plan.{each}"), label_visibility="collapsed",
    )  # fmt: skip
    return part


def _of_group(reader: Reader, target: Target) -> bool:
    return reader.snapshot.places[target.place_code].kind is PlaceKind.GROUP


def _task(reader: Reader, target_id: str) -> Task | PlanRefused:
    try:
        return task_of(reader.board, target_id)
    except PlanRefused as refused:
        return refused


def _first(reader: Reader, offered: list[str]) -> str:
    return next((each for each in offered if isinstance(_task(reader, each), Task)), offered[0])


def _choice(reader: Reader, offered: list[str], target: Target) -> None:
    def words(target_id: str) -> str:
        each = reader.snapshot.target(target_id)
        policy = policy_title(reader.snapshot.policies[each.policy_id], reader.language)
        return f"{title(each, reader.language)} · {policy}"

    choose(
        reader.say("target.choose"), offered, target.id,
        lambda chosen: {"target": chosen, **dict.fromkeys(("version", "rule", "rounding", "scenario", "mode"))},
        key="plan_target", words=words, label_visibility="collapsed",
    )  # fmt: skip


screen(read_reader())
