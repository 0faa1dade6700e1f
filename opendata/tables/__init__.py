"""Tables of figures, from a statistics service or a file, and how their columns become figures."""
