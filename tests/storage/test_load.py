"""Loading the data files: once, again, and after they changed."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

import storage.load
from models import DataVersion, IndicatorMember, Observation, Place, SeriesBreak, Target, Unit, ZoneStanding
from models.enums import DataSet, Origin
from models.errors import Refused
from storage.datafiles import DataFiles
from storage.engine import reading
from storage.load import load
from storage.queries import data_version, read_snapshot
from tests.storage.files import add, change, everything, history, load_from, remove, told

UP_TO_DATE = "The database is up to date."


def versions(engine: Engine, target: str) -> list[Target]:
    with reading(engine) as session:
        return list(session.exec(select(Target).where(Target.id == target).order_by(Target.version)))  # type: ignore[arg-type]


# --- the same files ---------------------------------------------------------------------------------------------------


def test_a_first_load_brings_everything_in(engine: Engine, founding_files: DataFiles) -> None:
    done = load(engine, founding_files, demonstration=True)
    assert done.added["policydocument"] == 5
    assert done.added["target"] == 53
    assert done.added["published value"] == len(
        {(r.row.series, r.row.place, r.row.year) for r in founding_files.published}
    )
    assert done.added["demonstration value"] > 10_000
    assert not any(done.changed.values()) and not any(done.withdrawn.values())
    assert str(done).startswith("Loaded. added: ")


def test_a_second_load_changes_nothing_and_says_so(engine: Engine, founding_files: DataFiles) -> None:
    load(engine, founding_files, demonstration=True)
    before = everything(engine)
    done = load(engine, founding_files, demonstration=True)
    assert str(done) == UP_TO_DATE
    assert done.unchanged["target"] == 53
    assert everything(engine) == before


def test_the_order_of_lines_in_a_file_is_no_change_of_a_value(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    header, *lines = (data_copy / "published.csv").read_text("utf-8").splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    (data_copy / "published.csv").write_text(header + "".join(lines), "utf-8")
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


def test_a_region_may_stand_before_the_one_it_lies_in(engine: Engine, data_copy: Path) -> None:
    file = data_copy / "regions.csv"
    for line in remove(file, "100000,") + remove(file, "130000,"):
        add(file, line.rstrip())
    load_from(engine, data_copy)
    assert read_snapshot(engine, DataSet.REAL).regions["130100"].parent_code == "130000"


# --- values -----------------------------------------------------------------------------------------------------------

VALUE = "rd_intensity,130000,2019,1.61,%"


def test_a_changed_value_supersedes_the_old_one_which_stays(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    change(data_copy / "published.csv", VALUE, "rd_intensity,130000,2019,1.62,%")
    done = load_from(engine, data_copy)
    assert done.changed == {"published value": 1}
    assert told(history(engine, "rd_intensity", "130000", 2019)) == [("1.61", "final"), ("1.62", "final")]
    # Loaded again and again, it is appended once.
    assert str(load_from(engine, data_copy)) == UP_TO_DATE
    assert str(load_from(engine, data_copy)) == UP_TO_DATE
    change(data_copy / "published.csv", "rd_intensity,130000,2019,1.62,%", VALUE)
    load_from(engine, data_copy)
    found = told(history(engine, "rd_intensity", "130000", 2019))
    assert [value for value, _ in found] == ["1.61", "1.62", "1.61"]
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


def test_a_revised_line_beside_the_first_one_supersedes_it(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    assert told(history(engine, "rd_intensity", "130000", 2022)) == [("2", "final"), ("2.02", "revised")]
    line = remove(data_copy / "published.csv", VALUE)[0].rstrip()
    first, revised = line.replace(",%,,", ",%,provisional,"), line.replace(",1.61,%,,", ",1.65,%,revised,")
    # Whatever the order in the file, the later state is in force.
    for each in (revised, line, first):
        add(data_copy / "published.csv", each)
    load_from(engine, data_copy)
    found = told(history(engine, "rd_intensity", "130000", 2019))
    assert found[-1] == ("1.65", "revised")
    assert {state for _, state in found} == {"provisional", "final", "revised"}
    assert str(load_from(engine, data_copy)) == UP_TO_DATE
    change(data_copy / "published.csv", ",1.65,%,revised,", ",1.66,%,revised,")
    load_from(engine, data_copy)
    assert told(history(engine, "rd_intensity", "130000", 2019))[-1] == ("1.66", "revised")
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


def test_a_revision_that_is_taken_out_puts_the_earlier_value_in_force_again(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    remove(data_copy / "published.csv", "rd_intensity,130000,2022,2.02,%,revised")
    load_from(engine, data_copy)
    values = [value for value, _ in told(history(engine, "rd_intensity", "130000", 2022))]
    assert values == ["2", "2.02", "2"]
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


def test_a_line_that_is_taken_out_withdraws_the_value_and_both_stay(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    line = remove(data_copy / "published.csv", VALUE)[0]
    done = load_from(engine, data_copy)
    assert done.withdrawn == {"published value": 1}
    assert told(history(engine, "rd_intensity", "130000", 2019)) == [("1.61", "final"), ("", "withdrawn")]
    assert 2019 not in read_snapshot(engine, DataSet.REAL).observations["rd_intensity", "130000"]
    assert str(load_from(engine, data_copy)) == UP_TO_DATE
    add(data_copy / "published.csv", line.rstrip())
    load_from(engine, data_copy)
    found = told(history(engine, "rd_intensity", "130000", 2019))
    assert found == [("1.61", "final"), ("", "withdrawn"), ("1.61", "final")]
    assert read_snapshot(engine, DataSet.REAL).observations["rd_intensity", "130000"][2019].value == Decimal("1.61")


def test_a_corrected_note_is_a_new_observation(engine: Engine, data_copy: Path) -> None:
    """What stands beside a figure is part of what was known."""
    load_from(engine, data_copy)
    line = remove(data_copy / "published.csv", VALUE)[0].rstrip()
    add(data_copy / "published.csv", ",".join([*line.split(",")[:7], "口径不同", "another scope"]))
    assert load_from(engine, data_copy).changed == {"published value": 1}
    old, new = history(engine, "rd_intensity", "130000", 2019)
    assert (old.value, new.note_zh) == (new.value, "口径不同")


def test_the_unit_a_figure_is_printed_in_is_kept_beside_the_stored_one(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    (before,) = history(engine, "gross_industrial_output", "450000-all", 2014)
    assert (before.value, before.printed) == (Decimal("393466000"), "3934.66 亿元")
    line = remove(data_copy / "published.csv", "gross_industrial_output,450000-all,2014,")[0].rstrip()
    add(data_copy / "published.csv", line.replace("3934.66,亿元", "39346600,万元"))
    load_from(engine, data_copy)
    after = history(engine, "gross_industrial_output", "450000-all", 2014)[-1]
    assert (after.value, after.printed) == (before.value, "39346600 万元")


def test_loading_never_updates_or_deletes_an_observation(engine: Engine, data_copy: Path) -> None:
    """The triggers would refuse it; this sees that nothing even tries, and that the old rows are as they were."""
    load_from(engine, data_copy)
    before = everything(engine)["observation"]
    remove(data_copy / "published.csv", "zones,")
    change(data_copy / "published.csv", VALUE, "rd_intensity,130000,2019,1.7,%")
    load_from(engine, data_copy)
    after = everything(engine)["observation"]
    assert len(after) > len(before)
    assert set(before) <= set(after)


def test_the_values_of_an_earlier_moment_can_be_read_again(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    known_on = history(engine, "rd_intensity", "130000", 2019)[-1].recorded_at
    change(data_copy / "published.csv", VALUE, "rd_intensity,130000,2019,1.7,%")
    remove(data_copy / "published.csv", "rd_intensity,130000,2018,")
    load_from(engine, data_copy)
    now = read_snapshot(engine, DataSet.REAL).observations["rd_intensity", "130000"]
    then = read_snapshot(engine, DataSet.REAL, known_on).observations["rd_intensity", "130000"]
    assert (now[2019].value, 2018 in now) == (Decimal("1.7"), False)
    assert (then[2019].value, 2018 in then) == (Decimal("1.61"), True)


# --- targets and policies ---------------------------------------------------------------------------------------------

TARGETS = "policies/inner-mongolia-2021/targets.yaml"
ONE = "inner-mongolia-2021/rd-intensity-national"


def test_a_changed_target_is_a_new_version_with_a_reason_and_the_old_one_stays(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    change(data_copy / TARGETS, "  value: 2.5\n", "  value: 2.6\n  reason: 原值有误\n")
    done = load_from(engine, data_copy)
    assert done.changed == {"target": 1}
    old, new = versions(engine, ONE)
    assert (old.version, old.current, old.value, old.reason) == (1, False, Decimal("2.5"), "")
    assert (new.version, new.current, new.value, new.reason) == (2, True, Decimal("2.6"), "原值有误")
    assert old.recorded_at < new.recorded_at
    assert str(load_from(engine, data_copy)) == UP_TO_DATE
    assert read_snapshot(engine, DataSet.REAL).target(ONE).version == 2


def test_a_target_changed_without_a_reason_gets_one(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    change(data_copy / TARGETS, "  value: 2.5\n", "  value: 2.6\n")
    load_from(engine, data_copy)
    assert versions(engine, ONE)[-1].reason == storage.load.CHANGED_FILE


def test_the_same_number_written_otherwise_is_no_change(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    change(data_copy / TARGETS, "  value: 2.5\n", "  value: 2.500\n")
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


def test_a_removed_target_stays_on_record_and_can_come_back(engine: Engine, data_copy: Path) -> None:
    file = data_copy / TARGETS
    whole = file.read_bytes()
    load_from(engine, data_copy)
    first, second = (whole.index(b"- id: " + name) for name in (b"rd-intensity-national", b"rd-intensity-provincial"))
    file.write_bytes(whole[:first] + whole[second:])
    done = load_from(engine, data_copy)
    assert done.withdrawn == {"target": 1}
    # The others only moved up one place: they are no new versions.
    assert done.changed == {"target": 6}
    assert [(v.version, v.current) for v in versions(engine, ONE)] == [(1, False)]
    assert [v.version for v in versions(engine, "inner-mongolia-2021/national-zones")] == [1]
    assert ONE not in {target.id for target in read_snapshot(engine, DataSet.REAL).targets}
    file.write_bytes(whole)
    load_from(engine, data_copy)
    assert [(v.version, v.current) for v in versions(engine, ONE)] == [(1, False), (2, True)]
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


def test_targets_keep_the_order_of_the_file(engine: Engine, data_copy: Path, founding_files: DataFiles) -> None:
    load_from(engine, data_copy)
    wanted = [f"{p.policy.row.id}/{t.row.id}" for p in founding_files.policies for t in p.targets]
    assert [target.id for target in read_snapshot(engine, DataSet.REAL).targets] == wanted


def test_a_policy_whose_folder_is_gone_leaves_the_screens_with_its_targets(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    away = (data_copy / "policies" / "lincang-2019").rename(data_copy.parent / "away")
    done = load_from(engine, data_copy)
    assert done.withdrawn == {"policydocument": 1, "target": 9}
    snapshot = read_snapshot(engine, DataSet.REAL)
    assert "lincang-2019" not in snapshot.policies
    assert {target.policy_id for target in snapshot.targets}.isdisjoint({"lincang-2019"})
    assert str(load_from(engine, data_copy)) == UP_TO_DATE
    away.rename(data_copy / "policies" / "lincang-2019")
    load_from(engine, data_copy)
    assert len(read_snapshot(engine, DataSet.REAL).targets) == 53


def test_a_policy_that_did_not_come_from_the_files_is_left_alone(engine: Engine, data_copy: Path) -> None:
    from models import PolicyDocument
    from storage.engine import unit_of_work

    load_from(engine, data_copy)
    with unit_of_work(engine) as session:
        session.add(
            PolicyDocument(
                id="added",
                title="t",
                title_en="t",
                issuer="i",
                region_code="130000",
                sha256="0" * 64,
                original=b"x",
                text="x",
            )
        )
    assert str(load_from(engine, data_copy)) == UP_TO_DATE
    assert "added" in read_snapshot(engine, DataSet.REAL).policies


def test_an_edited_document_is_refused_and_nothing_is_loaded(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    before = everything(engine)
    text = data_copy / "policies" / "hebei-2020" / "text.txt"
    text.write_bytes(text.read_bytes() + "。".encode())
    policy = data_copy / "policies" / "hebei-2020" / "policy.yaml"
    lines = [line for line in policy.read_text("utf-8").splitlines() if not line.startswith("sha256")]
    policy.write_text("\n".join(lines), "utf-8")
    change(data_copy / "units.csv", "元,money,1,元,CNY\n", "元,money,1,圆,CNY\n")
    with pytest.raises(Refused, match=r"data/policies/hebei-2020/text.txt is not the document .* is never edited"):
        load_from(engine, data_copy)
    assert everything(engine) == before


# --- catalogue and places ---------------------------------------------------------------------------------------------


def test_the_words_of_a_unit_can_be_corrected(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    change(data_copy / "units.csv", "元,money,1,元,CNY\n", "元,money,1,圆,yuan\n")
    assert load_from(engine, data_copy).changed == {"unit": 1}
    with reading(engine) as session:
        unit = session.get(Unit, "元")
        assert unit is not None and (unit.zh, unit.en) == ("圆", "yuan")


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("units.csv", "千元,money,1000,", "千元,money,1001,", "statistics.csv"),
        ("indicators.csv", "rd_intensity,研发投入强度,R&D intensity,%,", "", "indicators.csv"),
    ],
)
def test_the_unit_that_values_are_on_record_in_is_kept(
    engine: Engine, data_copy: Path, file: str, old: str, new: str, named: str
) -> None:
    load_from(engine, data_copy)
    before = everything(engine)
    if not new:
        add(data_copy / "units.csv", "‰,percent,0.1,‰,‰")
        new = old.replace(",%,", ",‰,")
        change(
            data_copy / "indicators.csv",
            ",ratio_of_sums,rd_expenditure,zone_gdp,100,",
            ",ratio_of_sums,rd_expenditure,zone_gdp,1000,",
        )
    change(data_copy / file, old, new)
    with pytest.raises(Refused, match=rf"data/{named}, line \d+, unit: values of .* are on record in"):
        load_from(engine, data_copy)
    assert everything(engine) == before


def test_a_zone_that_leaves_the_files_leaves_the_screens_and_stays_on_record(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    lines = {
        name: remove(data_copy / f"{name}.csv", begin)
        for name, begin in (("zones", "wuzhou,"), ("zone_standings", "wuzhou,"))
    }
    remove(data_copy / "published.csv", "above_scale_output,wuzhou,")
    remove(data_copy / "demonstration" / "zones.csv", "wuzhou,")
    done = load_from(engine, data_copy)
    assert done.withdrawn == {"place": 1, "zonestanding": 1, "published value": 1}
    snapshot = read_snapshot(engine, DataSet.REAL)
    assert "wuzhou" not in {**snapshot.places, **snapshot.zones, **snapshot.standings}
    assert told(history(engine, "above_scale_output", "wuzhou", 2016))[-1] == ("", "withdrawn")
    with reading(engine) as session:
        place = session.get(Place, "wuzhou")
        assert place is not None and not place.current
    for name, found in lines.items():
        add(data_copy / f"{name}.csv", found[0].rstrip())
    load_from(engine, data_copy)
    assert "wuzhou" in read_snapshot(engine, DataSet.REAL).zones


def test_a_statistic_and_an_indicator_that_leave_the_files_leave_the_screens(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    for name in ("statistics", "indicators", "published"):
        remove(data_copy / f"{name}.csv", "evaluation_rank,")
    done = load_from(engine, data_copy)
    assert done.withdrawn == {"statistic": 1, "indicator": 1, "published value": 1}
    snapshot = read_snapshot(engine, DataSet.REAL)
    assert "evaluation_rank" not in {**snapshot.statistics, **snapshot.indicators}
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


def test_breaks_and_members_follow_the_files(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    remove(data_copy / "breaks.csv", "high_tech_value_added,2018")
    change(data_copy / "indicators.csv", "|fixed_asset_investment|taxes_paid,", "|taxes_paid,")
    done = load_from(engine, data_copy)
    assert done.withdrawn == {"seriesbreak": 1, "indicatormember": 1}
    assert done.changed == {"indicatormember": 1}
    with reading(engine) as session:
        assert len(session.exec(select(SeriesBreak)).all()) == 1
        assert len(session.exec(select(IndicatorMember)).all()) == 4


def test_a_zone_that_is_upgraded_gets_its_standings_anew(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy)
    add(data_copy / "zone_standings.csv", "wuzhou,2025,national,450400,zjxp-net-2017,")
    assert load_from(engine, data_copy).changed == {"zonestanding": 2}
    with reading(engine) as session:
        query = select(ZoneStanding).where(ZoneStanding.zone_code == "wuzhou").order_by(ZoneStanding.id)  # type: ignore[arg-type]
        found = [(row.valid_from, row.level.value) for row in session.exec(query)]
    assert found == [(2012, "provincial"), (2025, "national")]
    assert str(load_from(engine, data_copy)) == UP_TO_DATE


# --- the demonstration set --------------------------------------------------------------------------------------------


def demonstration_in_force(engine: Engine) -> int:
    return sum(map(len, read_snapshot(engine, DataSet.DEMONSTRATION).observations.values()))


def test_without_the_demonstration_set_none_of_it_is_there(engine: Engine, founding_files: DataFiles) -> None:
    load(engine, founding_files, demonstration=False)
    assert not read_snapshot(engine, DataSet.REAL).demonstration_available
    with reading(engine) as session:
        assert session.exec(select(Observation).where(Observation.origin == Origin.DEMONSTRATION)).first() is None


def test_turned_off_it_is_withdrawn_and_turned_on_it_is_back(engine: Engine, founding_files: DataFiles) -> None:
    made = load(engine, founding_files, demonstration=True).added["demonstration value"]
    published = everything(engine)
    assert demonstration_in_force(engine) == made
    assert load(engine, founding_files, demonstration=False).withdrawn == {"demonstration value": made}
    assert demonstration_in_force(engine) == 0
    assert not read_snapshot(engine, DataSet.REAL).demonstration_available
    assert str(load(engine, founding_files, demonstration=False)) == UP_TO_DATE
    load(engine, founding_files, demonstration=True)
    assert demonstration_in_force(engine) == made
    assert read_snapshot(engine, DataSet.REAL).demonstration_available
    assert set(published["observation"]) <= set(everything(engine)["observation"])


def test_the_two_sets_never_meet_in_one_snapshot(engine: Engine, founding_files: DataFiles) -> None:
    load(engine, founding_files, demonstration=True)
    for data_set, wanted in ((DataSet.REAL, {Origin.PUBLISHED}), (DataSet.DEMONSTRATION, {Origin.DEMONSTRATION})):
        found = read_snapshot(engine, data_set).observations.values()
        assert {value.origin for by_year in found for value in by_year.values()} == wanted


def test_a_changed_recipe_supersedes_only_what_it_changes(engine: Engine, data_copy: Path) -> None:
    load_from(engine, data_copy, demonstration=True)
    line = remove(data_copy / "demonstration" / "exceptions.csv", "lincang,technology_teams,2019,")[0]
    add(data_copy / "demonstration" / "exceptions.csv", line.rstrip().replace(",2019,3,", ",2019,2,"))
    assert load_from(engine, data_copy, demonstration=True).changed == {"demonstration value": 1}
    assert told(history(engine, "technology_teams", "lincang", 2019)) == [("3", "final"), ("2", "final")]


# --- all or nothing ---------------------------------------------------------------------------------------------------

STEPS = ["_standings", "_policies", "_keep_only", "append", "raise_version"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("again", [False, True], ids=["first load", "later load"])
def test_a_load_that_fails_midway_changes_nothing(
    engine: Engine, data_copy: Path, monkeypatch: pytest.MonkeyPatch, step: str, again: bool
) -> None:
    if again:
        load_from(engine, data_copy)
        change(data_copy / "units.csv", "元,money,1,元,CNY\n", "元,money,1,圆,yuan\n")
        change(data_copy / "published.csv", VALUE, "rd_intensity,130000,2019,1.7,%")
    before = everything(engine)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(storage.load, step, fails)
    with pytest.raises(RuntimeError):
        load_from(engine, data_copy)
    assert everything(engine) == before
    monkeypatch.undo()
    assert load_from(engine, data_copy).touched


def test_the_version_rises_with_every_change_and_only_then(engine: Engine, data_copy: Path) -> None:
    assert data_version(engine) == 0
    load_from(engine, data_copy)
    assert data_version(engine) == 1
    load_from(engine, data_copy)
    assert data_version(engine) == 1
    change(data_copy / "published.csv", VALUE, "rd_intensity,130000,2019,1.7,%")
    load_from(engine, data_copy)
    assert data_version(engine) == 2
    with reading(engine) as session:
        assert len(session.exec(select(DataVersion)).all()) == 1
