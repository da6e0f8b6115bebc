"""Who may be here and on what ground: the agreement register, accounts, sign-in, sessions and the audit."""
