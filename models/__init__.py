"""The vocabulary: tables, enums, Quantity, errors. Imports nothing of the other rooms."""

from models.account import Account, AccountEvent, AccountGrant, PeersEvent, SetupLink, SignInAttempts, SignInSession
from models.allocation import Allocation, AllocationShare
from models.catalogue import Indicator, IndicatorMember, SeriesBreak, Statistic, Unit
from models.ledger import DeskEvent, Proposal
from models.notices import Contact, MailedNotice, NoticesRead
from models.observation import Observation, Source
from models.places import Place, Region, Zone, ZoneGroup, ZoneStanding
from models.policy import PolicyDocument, Target
from models.report import DataVersion, GapReport
from models.scenario import Scenario, ScenarioValue
from models.submission import (
    Edit,
    ReportingRound,
    RoundEvent,
    RoundZone,
    Submission,
    SubmissionEvent,
    SubmissionValue,
)

__all__ = [
    "Account",
    "AccountEvent",
    "AccountGrant",
    "Allocation",
    "AllocationShare",
    "Contact",
    "DataVersion",
    "DeskEvent",
    "Edit",
    "GapReport",
    "Indicator",
    "IndicatorMember",
    "MailedNotice",
    "NoticesRead",
    "Observation",
    "PeersEvent",
    "Place",
    "PolicyDocument",
    "Proposal",
    "Region",
    "ReportingRound",
    "RoundEvent",
    "RoundZone",
    "Scenario",
    "ScenarioValue",
    "SeriesBreak",
    "SetupLink",
    "SignInAttempts",
    "SignInSession",
    "Source",
    "Statistic",
    "Submission",
    "SubmissionEvent",
    "SubmissionValue",
    "Target",
    "Unit",
    "Zone",
    "ZoneGroup",
    "ZoneStanding",
]
