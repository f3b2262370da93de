"""The reader: a question and passages -> answer spans with calibrated confidence."""
