"""Updating: asks the sources, takes in what they give, and notes what became of each."""
