"""The page on the retirement wave: what is asked, the scenario editor, the figures, and sets of scenarios kept by name."""
