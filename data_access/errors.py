"""Every failure a user may meet: one small tree, each with a sentence in the user's language and a reason key for the log."""

from data_access.words import text


class AsnError(Exception):
    """`reason` is a stable key for audit and tests; `template` an Indonesian msgid whose placeholders `facts` fill."""

    def __init__(self, reason: str, template: str, **facts: object) -> None:
        super().__init__(text(template, "id", **facts))
        self.reason = reason
        self.template = template
        self.facts = facts

    def sentence(self, language: str) -> str:
        """What happened and what to do next, in `language` ("id" or "en")."""
        return text(self.template, language, **self.facts)


class Refused(AsnError):
    """The viewer may not have this: unknown, hidden, out of scope, or the agreement is not in force."""


class InvalidQuery(AsnError):
    """The question itself cannot be answered: too many dimensions, empty period, combination not admitted."""


class Rejected(AsnError):
    """A delivery was not accepted; what readers see is unchanged."""


class Damaged(AsnError):
    """A stored file is missing, incomplete or does not carry the signature it should."""


class Misconfigured(AsnError):
    """A key, policy or setting is missing or unreadable; nothing is shown until it is mended."""


class SignInFailed(AsnError):
    """Name and password do not belong together, or there were too many tries. One sentence for all causes."""
