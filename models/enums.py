"""The closed vocabularies of the field. A word stands here once; data files, tables and screens use it as it is."""

from enum import StrEnum


class Kind(StrEnum):
    """What the number of a target measures."""

    LEVEL = "level"
    COUNT = "count"
    SHARE = "share"
    RANK = "rank"
    COVERAGE = "coverage"
    GROWTH_RATE = "growth_rate"
    GROWTH_MULTIPLE = "growth_multiple"
    CHANGE_POINTS = "change_points"
    MULTIPLE_OF_REFERENCE = "multiple_of_reference"


CHANGE_KINDS = frozenset({Kind.GROWTH_RATE, Kind.GROWTH_MULTIPLE, Kind.CHANGE_POINTS})
"""Kinds that speak of a change since a baseline: without a usable baseline they cannot be judged."""

SIGNED_KINDS = frozenset({Kind.GROWTH_RATE, Kind.CHANGE_POINTS})
"""Kinds whose number has a sign: a reduction of 14 % is -14."""


class Comparator(StrEnum):
    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EXACTLY = "="
    ABOUT = "~"
    RANGE = "range"

    @property
    def mirrored(self) -> "Comparator":
        """The same demand on the number with its sign turned: falls by 14 or more, changes by -14 or less."""
        turned = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
        return Comparator(turned.get(self.value, self.value))


class Measure(StrEnum):
    """How a growth rate is meant: compound per year, or in all since the baseline."""

    ANNUAL = "annual"
    TOTAL = "total"


class Status(StrEnum):
    NO_DATA = "no_data"
    AWAITING = "awaiting"
    UNREPORTED = "unreported"
    NO_BASELINE = "no_baseline"
    NO_REFERENCE = "no_reference"
    MET = "met"
    MISSED = "missed"
    STALE = "stale"
    BASELINE_ONLY = "baseline_only"
    HOLDING = "holding"
    OPEN = "open"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    LOST = "lost"
    OVERSHOT = "overshot"
    WRONG_WAY = "wrong_way"


class StatusClass(StrEnum):
    """The six classes that share a colour and a mark on screen and paper."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OFF = "off"
    MISSED = "missed"
    NOT_JUDGED = "not_judged"


STATUS_CLASS: dict[Status, StatusClass] = {
    Status.MET: StatusClass.MET,
    Status.HOLDING: StatusClass.MET,
    Status.ON_TRACK: StatusClass.ON_TRACK,
    Status.BEHIND: StatusClass.BEHIND,
    Status.FAR_BEHIND: StatusClass.OFF,
    Status.WRONG_WAY: StatusClass.OFF,
    Status.LOST: StatusClass.OFF,
    Status.OVERSHOT: StatusClass.OFF,
    Status.MISSED: StatusClass.MISSED,
    Status.AWAITING: StatusClass.NOT_JUDGED,
    Status.UNREPORTED: StatusClass.NOT_JUDGED,
    Status.STALE: StatusClass.NOT_JUDGED,
    Status.NO_DATA: StatusClass.NOT_JUDGED,
    Status.NO_BASELINE: StatusClass.NOT_JUDGED,
    Status.NO_REFERENCE: StatusClass.NOT_JUDGED,
    Status.BASELINE_ONLY: StatusClass.NOT_JUDGED,
    Status.OPEN: StatusClass.NOT_JUDGED,
}


class BaselineRule(StrEnum):
    """How the baseline year was found."""

    STATED = "stated"
    YEAR_BEFORE_PERIOD = "year_before_period"
    YEAR_BEFORE_ISSUE = "year_before_issue"
    FIRST_REPORTED = "first_reported"
    NEAREST_BEFORE = "nearest_before"
    FIRST_AFTER = "first_after"


class CagrStatus(StrEnum):
    """Eurostat's words for the ratio of the actual to the required compound growth."""

    TARGET_ACHIEVED = "target_achieved"
    SUBSTANTIAL_PROGRESS = "substantial_progress"
    MODERATE_PROGRESS = "moderate_progress"
    LIMITED_PROGRESS = "limited_progress"
    DETERIORATION = "deterioration"


class Method(StrEnum):
    """Which verdict is shown first: the schedule (时序进度) or Eurostat's ratio."""

    LINEAR = "linear"
    CAGR = "cagr"


class Aggregation(StrEnum):
    """How a group's value comes from its zones."""

    SUM = "sum"
    ACCUMULATED = "accumulated"
    RATIO_OF_SUMS = "ratio_of_sums"
    RATIO_TO_REGION = "ratio_to_region"
    ZONE_COUNT = "zone_count"
    ZONE_COUNT_PAST_THRESHOLD = "zone_count_past_threshold"
    REGION_COVERAGE = "region_coverage"
    ZONE_COVERAGE = "zone_coverage"
    EACH_ZONE = "each_zone"
    EACH_MEMBER = "each_member"


class PlaceKind(StrEnum):
    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    AREA = "area"
    GROUP = "group"
    ZONE = "zone"


class ZoneLevel(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"


class StatisticType(StrEnum):
    """Stock: the state at the end of a year. Flow: the total of a year."""

    STOCK = "stock"
    FLOW = "flow"


class ValueType(StrEnum):
    """What a statistic may hold: a whole count, a decimal quantity, or yes (1) / no (0)."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    YES_NO = "yes_no"


class Origin(StrEnum):
    """Where a value comes from. Demonstration values are never judged together with the others."""

    PUBLISHED = "published"
    SUBMISSION = "submission"
    DEMONSTRATION = "demonstration"


class DataSet(StrEnum):
    """The switch on every screen: real values (published and reported), or the demonstration set."""

    REAL = "real"
    DEMONSTRATION = "demonstration"


class ObservationState(StrEnum):
    PROVISIONAL = "provisional"
    FINAL = "final"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"


class Nature(StrEnum):
    """A goal is reached once; a standing requirement holds all the time."""

    GOAL = "goal"
    STANDING = "standing"


class Strength(StrEnum):
    """How firmly the text says it: 约束 (应, 须, 确保), 预期 (达到), 力争."""

    BINDING = "binding"
    EXPECTED = "expected"
    STRIVE = "strive"


class SubmissionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class SubmissionAct(StrEnum):
    """A step of a submission."""

    SAVE = "save"
    SUBMIT = "submit"
    RECALL = "recall"
    OPEN = "open"
    """A reviewer looks at it: from now on the zone cannot recall it."""
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"


class RoundAct(StrEnum):
    """What is done to a reporting round."""

    OPEN = "open"
    CHANGE = "change"
    CLOSE = "close"
    REOPEN = "reopen"


class RoundState(StrEnum):
    """Whether zones may hand in."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Severity(StrEnum):
    """A hard edit (强制性审核) blocks a submission; a soft edit (核实性审核) asks for an explanation."""

    HARD = "hard"
    SOFT = "soft"


class ProposalSource(StrEnum):
    """Who proposed a target."""

    RULES = "rules"
    MODEL = "model"
    PERSON = "person"
    RECORD = "record"
    """It was a target before the policy came to the desk."""


class ProposalState(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MERGED = "merged"
    SPLIT = "split"


class Act(StrEnum):
    """What is done at the desk."""

    ADD = "add"
    DESCRIBE = "describe"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    CORRECT = "correct"
    REJECT = "reject"
    REOPEN = "reopen"
    SPLIT = "split"
    MERGE = "merge"
    SELECT = "select"
    CHANGE = "change"
    ADOPT = "adopt"
    WITHDRAW = "withdraw"


class AccountAct(StrEnum):
    """What is done to an account."""

    ADD = "add"
    GRANT = "grant"
    REVOKE = "revoke"
    DISABLE = "disable"
    ENABLE = "enable"
    LINK = "link"
    SET_PASSWORD = "set_password"
    SIGN_OUT_ALL = "sign_out_all"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"


class Chance(StrEnum):
    """How likely it is that a target is reached if the place goes on as it did."""

    LIKELY = "likely"
    OPEN = "open"
    UNLIKELY = "unlikely"


class AllocationRule(StrEnum):
    """How a group's target is spread over its zones."""

    EQUAL = "equal"
    LATEST = "latest"
    ROOM = "room"
    HAND = "hand"


class Grade(StrEnum):
    """How far the values of a verdict can be relied on, A the best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class QualityDimension(StrEnum):
    """What the grade of a verdict's values looks at."""

    SOURCE = "source"
    COVERAGE = "coverage"
    DEFINITION = "definition"
    TIMELINESS = "timeliness"


class Language(StrEnum):
    ZH = "zh"
    EN = "en"
