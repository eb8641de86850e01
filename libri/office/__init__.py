"""What the office sees of all: members, letters, the audit trail, contacts to confirm."""
