"""The web platform: config > public > register > ui, imports flow down only."""
