"""What each page says, as plain data: the template shows it and JSON is it."""
