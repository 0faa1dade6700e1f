"""Makes data/ground: what the map draws around and over the figures, for orientation."""
