"""What things are called in the reader's language."""

from models.enums import Language
from models.policy import PolicyDocument, Target


def named(row: object, language: Language) -> str:
    """The name of a place, indicator, statistic or unit in the reader's language."""
    return str(getattr(row, language.value))


def title(target: Target, language: Language) -> str:
    """The short title of a target."""
    return target.title_zh if language is Language.ZH else target.title_en


def policy_title(policy: PolicyDocument, language: Language) -> str:
    """The title of a policy: its own in Chinese, a translation in English."""
    return policy.title if language is Language.ZH else policy.title_en
