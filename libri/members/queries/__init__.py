"""What pages about members show, by noun."""
