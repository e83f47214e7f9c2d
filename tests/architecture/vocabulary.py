"""The closed vocabularies of the product, each with the first part of the keys of its texts."""

from models import enums, extraction, people
from tracking.board import Role
from tracking.evidence import Part
from tracking.series import Way

FAMILIES = {
    "account_act": enums.AccountAct,
    "act": enums.Act,
    "action": people.Action,
    "aggregation": enums.Aggregation,
    "allocation_rule": enums.AllocationRule,
    "baseline_rule": enums.BaselineRule,
    "cagr": enums.CagrStatus,
    "chance": enums.Chance,
    "comparator": enums.Comparator,
    "data_set": enums.DataSet,
    "grade": enums.Grade,
    "kind": enums.Kind,
    "language": enums.Language,
    "measure": enums.Measure,
    "method": enums.Method,
    "nature": enums.Nature,
    "observation_state": enums.ObservationState,
    "origin": enums.Origin,
    "part": Part,
    "person_role": people.PersonRole,
    "place_kind": enums.PlaceKind,
    "proposal_source": enums.ProposalSource,
    "proposal_state": enums.ProposalState,
    "quality_dimension": enums.QualityDimension,
    "role": Role,
    "round_act": enums.RoundAct,
    "round_state": enums.RoundState,
    "severity": enums.Severity,
    "statistic_type": enums.StatisticType,
    "status": enums.Status,
    "status_class": enums.StatusClass,
    "strength": enums.Strength,
    "submission_act": enums.SubmissionAct,
    "submission_state": enums.SubmissionState,
    "tier": extraction.Tier,
    "value_type": enums.ValueType,
    "way": Way,
    "zone_level": enums.ZoneLevel,
}
"""The first part of a key in data/wording, and the vocabulary whose every word has a text under it."""
