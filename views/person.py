"""Who looks at a screen."""

from models.people import Grant, Person, PersonRole

EVERYWHERE = "100000"


def person() -> Person:
    """The person in front of the screen: until there is a sign-in, whoever uses this machine, in every role."""
    return current()


def current() -> Person:
    """What `person` asks; tests put somebody else here."""
    return Person("local", "local", tuple(Grant(role, EVERYWHERE) for role in PersonRole))
