"""Takes the cookie component out of streamlit-authenticator: it would be a frame with scripts of its own before sign-in.

Our cookie is set by a route and read by the server alone (ui/entering.py); the library never needs one.
"""

import extra_streamlit_components as stx


class NoCookies:
    """Answers the library as a browser without any cookie."""

    def get(self, *_given: object, **_named: object) -> None:
        """There is none."""

    def set(self, *_given: object, **_named: object) -> None:
        """None is set."""

    def delete(self, *_given: object, **_named: object) -> None:
        """None is there to be deleted."""


def without_cookie_component() -> None:
    """To be called before the form is drawn; calling it again changes nothing."""
    stx.CookieManager = NoCookies
