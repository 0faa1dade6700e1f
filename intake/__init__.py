"""Deliveries in: recognised, checked whole, pseudonymised, and kept with where they came from."""
