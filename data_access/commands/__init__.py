"""The commands of `python -m data_access`: one function each, thin over the same functions that the pages use."""
