"""Streets for maps and search, from a file that the organisation installs: public, no figures."""
