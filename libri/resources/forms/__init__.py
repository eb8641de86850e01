"""What people type about resources and collections."""
