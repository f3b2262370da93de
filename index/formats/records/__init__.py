"""Readers of structured records: JSON lines, mail, mailboxes."""
