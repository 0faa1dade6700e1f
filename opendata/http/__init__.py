"""Everything that speaks HTTP: asks services politely, and keeps what they answer."""
