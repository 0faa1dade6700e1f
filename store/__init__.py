"""Where things are kept: the work store, the releases, and the paths to both."""
