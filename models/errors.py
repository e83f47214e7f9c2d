"""Every exception of the product, in one tree. A message says what is wrong, why, and what to do."""


class TrackerError(Exception):
    """Base of all errors that the product raises on purpose."""


class Refused(TrackerError):
    """The request cannot be done as it is asked; the message is for the person who asked."""


class UnitMismatch(Refused):
    """Quantities of different dimensions met in one sum or comparison."""


class TargetRefused(Refused):
    """A target contradicts itself. `field` names what is at fault."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


class UnknownId(Refused):
    """An id in an address or a command names nothing. `nearest` holds ids that look like it."""

    def __init__(self, what: str, wanted: str, nearest: list[str] | None = None):
        self.what, self.wanted, self.nearest = what, wanted, nearest or []
        hint = f" Did you mean: {', '.join(self.nearest)}?" if self.nearest else ""
        super().__init__(f"There is no {what} with the id {wanted!r}.{hint}")


class DatabaseRefused(Refused):
    """The database cannot be used: not there, not reachable, locked, no database."""


class DatabaseNewer(DatabaseRefused):
    """The database was written by a newer version of the product."""


class DocumentRefused(Refused):
    """A document cannot be read: empty, encrypted, no text in it, too large, another format."""


class ModelRefused(Refused):
    """A language model gave no answer that can be used: no endpoint is set, it fails, or it talks nonsense."""


class SettingRefused(Refused):
    """A setting of the environment has a value that cannot be used."""


ANYWHERE = "*"
"""The place of a right that one has in no place at all."""


class NotAllowed(Refused):
    """The person has no right to do this here; the message says who may."""

    def __init__(self, login: str, action: str, place: str, roles: list[str]):
        self.login, self.action, self.place, self.roles = login, action, place, roles
        asked, those = action.replace("_", " "), " or a ".join(roles)
        anywhere = f"{login} may not {asked} anywhere: a {those} may, in the place of the grant."
        super().__init__(anywhere if place == ANYWHERE else f"{login} may not {asked} in {place}: a {those} of it may.")


class AccountRefused(Refused):
    """Something about an account cannot be done as asked. `kind` names what, `seconds` how long to wait."""

    def __init__(self, kind: str, message: str, seconds: int = 0):
        super().__init__(message)
        self.kind, self.seconds = kind, seconds


class SignedOut(Refused):
    """Nobody is signed in here, or no longer."""


class DeskRefused(Refused):
    """An act at the desk cannot be done as asked. `field` names what is at fault (the first of several); empty where it
    is the act itself. `sentences` are all that is wrong."""

    def __init__(self, field: str, *sentences: str):
        super().__init__("; ".join(sentences))
        self.field, self.sentences = field, sentences


class Conflict(Refused):
    """What was to be saved rests on a copy that somebody else has changed meanwhile."""


class TemplateRefused(Refused):
    """An uploaded form cannot be taken. `kind` and `values` make its sentence: `template.refused.<kind>`."""

    def __init__(self, kind: str, message: str, values: dict[str, object]):
        super().__init__(message)
        self.kind, self.values = kind, values


class PlanRefused(Refused):
    """A target cannot be spread or computed as asked. `kind` and `values` make its sentence: `plan.refused.<kind>`;
    zones stand in `values` by their codes."""

    def __init__(self, kind: str, message: str, **values: object):
        super().__init__(message)
        self.kind, self.values = kind, values
