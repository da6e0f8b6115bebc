"""The registers of the agreement: what both parties do under its articles, as matters that move from state to state.

One mechanism serves all of them. `model` says what a register is (states, transitions, who may take them, which facts and
documents they want), `book` opens matters and takes steps, each in one transaction with its audit record, `catalogue` holds
the registers, `due` what waits for whom, `standing` what the registers change about the agreement itself.
"""
