"""How columns and labels of a source become levels and codes of the contract.

`model` says what a mapping holds, `text` reads and writes it as YAML, `register` keeps its versions, `proposing` makes a
first one from a file, `applying` turns the tables of a delivery into cells. What fits closely is proposed, never applied.
"""
