"""The parts of the data team's page: bringing a delivery in, following it, its findings, its mapping, its differences."""
