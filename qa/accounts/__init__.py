"""Who may use an archive: API tokens with roles, and the audit log of what was done with them."""
