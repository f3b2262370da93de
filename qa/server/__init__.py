"""What stands between the archive and the network: the API, its limits, and access control."""
