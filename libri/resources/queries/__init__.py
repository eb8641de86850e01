"""What the pages of resources and collections ask for."""
