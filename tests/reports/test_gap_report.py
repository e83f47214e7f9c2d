"""The gap report as plain values: for whom, what it says, and that it says the same again."""

from collections.abc import Callable

import pytest

from models.enums import DataSet, Language, Method, StatusClass
from models.errors import UnknownId
from reports.gap_report import Report, Subject, build_report
from reports.gap_report_csv import write_csv
from reports.table import TARGET_COLUMNS, cell
from storage.queries import Snapshot
from tests.goldens import assert_golden

Founding = Callable[[DataSet], Snapshot]
Built = Callable[..., Report]


@pytest.fixture
def built(founding: Founding) -> Built:
    """A report of the founding data: built("hebei-2020", year=2024, data=DataSet.DEMONSTRATION)."""

    def make(
        subject: str,
        *,
        year: int = 2024,
        data: DataSet = DataSet.DEMONSTRATION,
        language: Language = Language.ZH,
        method: Method = Method.LINEAR,
    ) -> Report:
        snapshot = founding(data)
        return build_report(snapshot, Subject.find(snapshot, subject), year, language, method)

    return make


def as_text(report: Report) -> str:
    """A report as an official would read it: the summary, a sentence a row, the notes."""
    lines = [report.title, report.mark, "", *report.summary, ""]
    lines += [f"{row.number}. {row.title} | {row.place} | {row.verdict}\n   {row.sentence}" for row in report.rows]
    lines += ["", *(f"{s.title} | {s.group} | {s.value:.2f} / {s.group_value:.2f} {s.unit}" for s in report.shares), ""]
    # The number of the last value differs from one making of the database to the next.
    return "\n".join([*lines, *report.notes[:2]]) + "\n"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("name", "subject", "year", "data"),
    [
        ("policy", "hebei-2020", 2024, DataSet.DEMONSTRATION),
        ("zone", "baotou-rare-earth", 2024, DataSet.DEMONSTRATION),
        ("region-published", "150000", 2023, DataSet.REAL),
    ],
)
def test_a_report_reads_as_it_was_read_once(
    built: Built, name: str, subject: str, year: int, data: DataSet, language: Language
) -> None:
    report = built(subject, year=year, data=data, language=language)
    assert_golden(f"gap-report-{name}-{language.value}.txt", as_text(report))
    # The table as a file: without the ids of observations it is the same from one making of the database to the next.
    assert_golden(
        f"gap-report-{name}-{language.value}.csv", write_csv(report).decode("utf-8-sig").replace("\r\n", "\n")
    )


def test_the_same_data_give_the_same_report(built: Built) -> None:
    assert built("450000") == built("450000")


@pytest.mark.parametrize("subject", ["hebei-2020", "130000", "130000-all", "baotou-rare-earth", "100000"])
@pytest.mark.parametrize("data", list(DataSet))
def test_every_figure_that_a_report_states_has_its_evidence(built: Built, subject: str, data: DataSet) -> None:
    report = built(subject, year=2023, data=data)
    evidenced = {line.row for line in report.evidence}
    known = {source.title for source in report.sources}
    for row in report.rows:
        assert (row.value is None) or row.number in evidenced
        assert report.rows[row.number - 1] is row
        assert row.quote and row.quote_end - row.quote_start == len(row.quote)
        assert (row.value is None) or row.unit
    assert {line.source for line in report.evidence if line.source} == known


def test_a_count_in_the_register_says_that_it_is_one(built: Built) -> None:
    report = built("hebei-2020", year=2023)
    counted = [line for line in report.evidence if line.observation_id is None]
    assert {(line.part, line.series, line.origin) for line in counted} >= {
        ("评估值", "高新区数量", "按高新区名录计数"),
        ("基期值", "高新区数量", "按高新区名录计数"),
    }
    assert all(line.observation_id is not None for line in built("150000", year=2023, data=DataSet.REAL).evidence)


def test_a_published_value_comes_with_what_is_to_be_known_about_it(built: Built) -> None:
    lines = built("150000", year=2023, data=DataSet.REAL).evidence
    notes = {line.note for line in lines if line.series == "拥有高新区的盟市（地市）数"}
    assert len(notes) == 1 and "口径宽于“自治区级高新区”" in notes.pop()


def test_a_zones_part_of_a_group_leads_to_its_observations(founding: Founding, built: Built) -> None:
    by_id = {
        each.id: each for by_year in founding(DataSet.DEMONSTRATION).observations.values() for each in by_year.values()
    }
    shares = built("baotou-rare-earth").shares
    assert shares
    for share in shares:
        used = [by_id[int(number)] for number in share.observations.split("|")]
        assert {each.year for each in used} == {share.year}
        assert "baotou-rare-earth" in {each.place for each in used}


def test_a_policy_report_asks_only_whom_the_policy_asks(built: Built) -> None:
    report = built("hebei-2020")
    assert {row.policy_id for row in report.rows} == {"hebei-2020"}
    assert len({row.target_id for row in report.rows}) == 8
    assert not any(row.orientation for row in report.rows)


def test_a_region_report_has_the_rows_of_all_that_lies_in_it(built: Built) -> None:
    policies = {row.policy_id for row in built("320000").rows}
    assert policies == {"lianyungang-2021"}
    assert {row.policy_id for row in built("100000").rows} >= policies | {"hebei-2020", "guangxi-2018"}


def test_a_zone_report_marks_what_is_asked_of_its_group_only(built: Built) -> None:
    report = built("baotou-rare-earth")
    assert [row.orientation for row in report.rows] == sorted(row.orientation for row in report.rows)
    assert any(row.orientation for row in report.rows)
    assert {share.group for share in report.shares} == {"内蒙古高新区", "内蒙古国家级高新区"}


def test_a_place_without_targets_says_so(built: Built) -> None:
    report = built("110000")
    assert report.rows == () and len(report.summary) == 1 and report.summary[0]
    assert all(word not in report.summary[0] for word in ("None", "0 项"))


def test_demonstration_values_are_marked_and_published_ones_are_not(built: Built) -> None:
    assert built("130000").mark
    assert built("130000", data=DataSet.REAL).mark == ""
    origins = {line.origin for line in built("130000", data=DataSet.REAL, year=2023).evidence}
    assert origins and not origins & {line.origin for line in built("130000").evidence}


def test_the_other_method_is_named_where_it_speaks_and_where_it_does_not(built: Built) -> None:
    schedule, ratio = built("450000", year=2019), built("450000", year=2019, method=Method.CAGR)
    pairs = list(zip(schedule.rows, ratio.rows, strict=True))
    assert all(b.verdict == b.second_opinion for _, b in pairs if b.second_opinion)
    assert all(a.verdict in b.verdict and a.verdict != b.verdict for a, b in pairs if not b.second_opinion)


def test_an_unknown_subject_offers_the_nearest_policies_and_places(founding: Founding) -> None:
    with pytest.raises(UnknownId) as unknown:
        Subject.find(founding(DataSet.REAL), "hebei-2021")
    assert "hebei-2020" in unknown.value.nearest


@pytest.mark.parametrize("language", list(Language))
def test_every_class_of_status_and_every_cell_can_be_written(built: Built, language: Language) -> None:
    rows = [row for year in (2019, 2021, 2024) for row in built("100000", year=year, language=language).rows]
    assert {row.status_class for row in rows} == set(StatusClass)
    for row in rows:
        for name in TARGET_COLUMNS:
            assert cell(row, name, language) not in ("None", "nan", "")
