"""A database with the founding data, on which a policy comes to the desk."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from ledger.documents import Description, add_document
from ledger.proposing import propose
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from targets.extraction.read import read_document
from tests.cast import OFFICER, PROVINCE

TEXT = (
    "河北省科学技术厅关于推进高新区发展的若干措施\n冀科〔2021〕8号\n"
    "二、发展目标\n到2025年，全省高新技术企业达到5000家以上，国家级高新区研发投入强度达到4%以上。\n"
    "全省高新区营业收入年均增长10%以上，单位产值能耗下降14%。\n"
    "三、保障措施\n对新认定的高新技术企业给予20万元奖励。\n2021年3月5日\n"
)
DESCRIBED = Description(title="关于推进高新区发展的若干措施", issuer="河北省科学技术厅", region=PROVINCE, issued=2021)


@pytest.fixture(scope="session")
def founding_files() -> DataFiles:
    files, problems = read_data(ROOT / "data")
    assert problems == []
    return files


@pytest.fixture
def loaded(engine: Engine, founding_files: DataFiles) -> Engine:
    load(engine, founding_files, demonstration=False)
    return engine


@pytest.fixture
def session(loaded: Engine) -> Iterator[Session]:
    with unit_of_work(loaded) as opened:
        yield opened


@pytest.fixture
def policy(session: Session) -> str:
    """A policy on the desk, with its proposals."""
    made = add_document(session, OFFICER, read_document(TEXT.encode(), "measures.txt"), DESCRIBED)
    propose(session, OFFICER, made)
    return made
