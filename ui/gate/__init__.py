"""Who stands before everything that the server answers, and what it lets through."""
