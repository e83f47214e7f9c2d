"""The screens there are. Without streamlit, so that the server knows their addresses before it runs one."""

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
)
"""Key, file and path of each screen. The first one is the start page, so it has no path of its own."""
