"""Who works on the command line: the name of the system account, for audit and manifests."""

import getpass


def operator() -> str:
    return f"cli:{getpass.getuser()}"
