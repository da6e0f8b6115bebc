"""What follows from today's stock: who leaves when, and what a draft of a rule would change. Pure, on displayed values only.

answers of `ask` -> `base.Base` and `rates.Rates` -> `engine.project` under a `scenario.Scenario` -> `engine.Projection`
(persons by cell and year, with a band from `band`) -> figure, table or file.
"""
