"""The column form: thousands of targets judged at once. It says of each what `assess` says of one."""

from targets.assessment.columns.judge import assess_columns

__all__ = ["assess_columns"]
