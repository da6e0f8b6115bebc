"""The administrator's page of accounts: the list, a new account, and what can be done to one."""
