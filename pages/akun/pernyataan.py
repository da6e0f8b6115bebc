"""The confidentiality statement: read and accepted once per person and text, before the first data."""

from ui.pledge import accept_form
from ui.session import signed_in

accept_form(signed_in())
