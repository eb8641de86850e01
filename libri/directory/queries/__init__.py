"""What pages of the directory show, by noun."""
