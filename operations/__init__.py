"""Keeping an installation healthy: backups, restoring them, and what a doctor looks at."""
