"""Invented deliveries on the real settlement pattern, with known patterns planted in them."""
