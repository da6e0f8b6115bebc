"""The registers of the agreement on the screen: one way to list, open, read and carry on a matter, whatever its register."""
