"""The build: place, count, protect, analyse, publish. Only this room sees exact counts."""
