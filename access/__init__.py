"""Who may see what: viewers, and the gateway, the only way to read a release."""
