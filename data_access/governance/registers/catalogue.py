"""All registers, in the order in which the screens show them."""

from data_access.governance.registers.addenda import ADDENDA, DATA_REQUESTS
from data_access.governance.registers.assistance import ASSISTANCE
from data_access.governance.registers.coordination import DECISIONS, MEETINGS
from data_access.governance.registers.disclosures import DISCLOSURES
from data_access.governance.registers.disputes import DISPUTES
from data_access.governance.registers.evaluations import EVALUATIONS
from data_access.governance.registers.incidents import INCIDENTS
from data_access.governance.registers.kahar import KAHAR
from data_access.governance.registers.letters import ADDRESSES, LETTERS
from data_access.governance.registers.life import EXTENSIONS, TERMINATIONS
from data_access.governance.registers.model import Register
from data_access.governance.registers.team import TEAM

REGISTERS: dict[str, Register] = {
    one.name: one
    for one in (
        EXTENSIONS,
        TERMINATIONS,
        ADDENDA,
        TEAM,
        DISPUTES,
        DATA_REQUESTS,
        DISCLOSURES,
        ASSISTANCE,
        EVALUATIONS,
        MEETINGS,
        DECISIONS,
        LETTERS,
        ADDRESSES,
        INCIDENTS,
        KAHAR,
    )
}
