"""What an attacker keeps of an answer: the displayed number per row, None where it is hidden."""

from data_access.access.gateway import Gateway
from data_access.access.query import Query
from data_access.access.result import Protected
from tests.world import World

Row = tuple[object, ...]


def shown(answer: Protected) -> dict[Row, int | None]:
    """Row (period, codes) -> displayed value."""
    keys = [name for name in answer.frame.columns if name not in ("nilai", "keadaan")]
    return {row[:-1]: row[-1] for row in answer.frame.select(*keys, "nilai").iter_rows()}


def by_code(answer: Protected) -> dict[str, int | None]:
    """Code of the only axis -> displayed value, for a question about one date."""
    return {str(row[1]): value for row, value in shown(answer).items()}


def asked(world: World, name: str, query: Query, gateway: Gateway | None = None) -> Protected:
    """The answer that the account gets, from a fresh gateway if none is given."""
    return (gateway or world.gateway()).ask(world.viewer(name), query)
