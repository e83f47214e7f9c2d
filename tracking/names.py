"""What things are called in the reader's language."""

import re

from models.enums import Language
from models.policy import PolicyDocument, Target

REGION = re.compile(r"(?:中共)?(?P<name>[一-龥]{2,4}?)(?:壮族|回族|维吾尔)?(?:省|自治区|市)")


def named(row: object, language: Language) -> str:
    """The name of a place, indicator, statistic or unit in the reader's language."""
    return str(getattr(row, language.value))


def short(zone: object, language: Language) -> str:
    """The name of a zone among others of its kind: 保定 for 保定高新区."""
    return named(zone, language).removesuffix("高新区").removesuffix(" High-tech Zone")


def title(target: Target, language: Language) -> str:
    """The short title of a target."""
    return target.title_zh if language is Language.ZH else target.title_en


def policy_title(policy: PolicyDocument, language: Language) -> str:
    """The title of a policy: its own in Chinese, a translation in English.

    A Chinese title that does not name its region (关于促进高新区高质量发展的实施意见) is told apart by its issuer.
    """
    if language is Language.EN:
        return policy.title_en
    region = REGION.match(policy.issuer)
    return f"{policy.title}（{policy.issuer}）" if region and region["name"] not in policy.title else policy.title
