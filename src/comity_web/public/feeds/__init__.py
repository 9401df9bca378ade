"""What others read of the site regularly: feeds, calendars, the map of its pages."""
