"""What each operation answers: its form, which is its schema too, and how it is made."""
