"""What the pages on a topic say and ask: titles and sentences computed from displayed values, questions to the one door."""
