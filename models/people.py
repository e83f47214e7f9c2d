"""Who acts, in which role, and for which place. What each role may do stands in one table, accounts/rights.py."""

from dataclasses import dataclass
from enum import StrEnum


class PersonRole(StrEnum):
    """What a person is in a place."""

    CLERK = "clerk"
    LEAD = "lead"
    REVIEWER = "reviewer"
    OFFICER = "officer"
    VIEWER = "viewer"
    ADMIN = "admin"


class Action(StrEnum):
    """Everything that needs a right."""

    READ_DRAFTS = "read_drafts"
    READ_SUBMITTED = "read_submitted"
    READ_APPROVED = "read_approved"
    READ_GROUP_RESULTS = "read_group_results"
    EDIT_DRAFT = "edit_draft"
    SUBMIT = "submit"
    REVIEW = "review"
    MANAGE_POLICIES = "manage_policies"
    ALLOCATE = "allocate"
    MANAGE_ROUNDS = "manage_rounds"
    EXPORT = "export"
    ADMINISTER = "administer"
    READ_AUDIT = "read_audit"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a place: a region with all below it, or one zone. `place` is a place's code."""

    role: PersonRole
    place: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is known to the product. `login` stands in events, `name` on screens."""

    login: str
    name: str
    grants: tuple[Grant, ...] = ()
