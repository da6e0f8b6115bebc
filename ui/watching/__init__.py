"""The page on how the other party uses one's own data: when, by whom, for what, and what is worth a question."""
