"""What pages of the office show, by noun."""
