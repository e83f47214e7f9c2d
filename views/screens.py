"""The screens there are. Without streamlit, so that the server knows their addresses before it runs one."""

from models.people import Action

SCREENS = (
    ("overview", "overview.py", ""),
    ("target", "target.py", "target"),
    ("zone", "zone.py", "zone"),
    ("compare", "compare.py", "compare"),
    ("plan", "plan.py", "plan"),
    ("policies", "policies.py", "policies"),
    ("reports", "report.py", "reports"),
    ("desk", "desk.py", "desk"),
    ("entry", "entry.py", "entry"),
    ("review", "review.py", "review"),
    ("audit", "audit.py", "audit"),
    ("admin", "admin.py", "admin"),
    ("account", "account.py", "account"),
)
"""Key, file and path of each screen. The first one is the start page, so it has no path of its own."""

RESULTS = ("overview", "target", "zone", "compare", "plan", "policies", "reports")
NEEDS = dict.fromkeys(RESULTS, Action.READ_GROUP_RESULTS) | {
    "desk": Action.MANAGE_POLICIES,
    "entry": Action.READ_DRAFTS,
    "review": Action.REVIEW,
    "audit": Action.READ_AUDIT,
    "admin": Action.ADMINISTER,
}
"""What one must be allowed somewhere to find a screen in the menu and to have it shown; the others are for everybody
who is signed in. Screens of one place ask for the right in that place themselves."""

NOT_IN_THE_MENU = frozenset({"account"})
"""Reached by one's own name beside the menu."""

OF_TODAY = frozenset({"desk", "entry", "review", "plan", "audit", "admin", "account"})
"""The screens on which one works: they know no day but today."""
