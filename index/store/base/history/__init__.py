"""What both stores share of the log of earlier versions: its order, and its rows."""
