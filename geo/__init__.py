"""Places: coordinates, hexagons, areas, and which point lies in which."""
