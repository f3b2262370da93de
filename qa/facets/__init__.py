"""People, places, organisations and days that articles name, counted, and how many over time."""
