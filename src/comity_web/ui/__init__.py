"""What pages look like: tokens, components, base template. Knows no organisation and no act."""
