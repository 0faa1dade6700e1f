"""Make the shipped borders and places from openly licensed packages (build-time only)."""
