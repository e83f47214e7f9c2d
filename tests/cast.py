"""The people of all tests. A province P holds the zones A and B, another province Q the zone C."""

from models.people import Grant, Person, PersonRole

PROVINCE, OTHER_PROVINCE = "130000", "150000"
ZONE_A, ZONE_B, ZONE_C = "baoding", "tangshan", "baotou-rare-earth"


def somebody(login: str, role: PersonRole, place: str) -> Person:
    return Person(login, login, (Grant(role, place),))


CLERK_A = somebody("clerk-a", PersonRole.CLERK, ZONE_A)
LEAD_A = somebody("lead-a", PersonRole.LEAD, ZONE_A)
CLERK_B = somebody("clerk-b", PersonRole.CLERK, ZONE_B)
REVIEWER = somebody("reviewer", PersonRole.REVIEWER, PROVINCE)
OFFICER = somebody("officer", PersonRole.OFFICER, PROVINCE)
VIEWER = somebody("viewer", PersonRole.VIEWER, PROVINCE)
ADMIN = somebody("admin", PersonRole.ADMIN, "100000")
CAST = (CLERK_A, LEAD_A, CLERK_B, REVIEWER, OFFICER, VIEWER, ADMIN)
NOBODY_YET = Person("new", "new")
EVERYBODY = Person("local", "local", tuple(Grant(role, "100000") for role in PersonRole))
"""Somebody who may do everything everywhere: most tests are not about rights."""
OFFICER_OF_ALL = somebody("officer-cn", PersonRole.OFFICER, "100000")
