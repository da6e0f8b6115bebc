"""An `Export` for tests of writers; in the product only `access.export` makes one."""

from datetime import UTC, datetime

from data_access.access.export import Export, Form
from data_access.access.result import Protected
from data_access.access.roles import role

AT = datetime(2026, 11, 27, 7, 5, tzinfo=UTC)


def export(*results: Protected, form: Form = Form.WORKBOOK, purpose: str = "bahan rapat formasi 2026") -> Export:
    return Export(results, form, purpose, "analis", role("analis").label, AT, 41)
