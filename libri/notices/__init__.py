"""What a person is told: the list in the application, letters at once, rows for the weekly digest."""
