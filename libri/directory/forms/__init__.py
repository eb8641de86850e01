"""What people type about organisations, contact persons and venues."""
