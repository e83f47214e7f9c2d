"""How a target is judged: the arithmetic that every screen, report and command takes from here. Pure functions."""

from targets.assessment.check import check_spec, problems
from targets.assessment.judge import CODE_VERSION, assess

__all__ = ["CODE_VERSION", "assess", "check_spec", "problems"]
