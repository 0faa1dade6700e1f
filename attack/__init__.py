"""An attacker who knows everything outside one gemeente, and what remains hidden from him."""
