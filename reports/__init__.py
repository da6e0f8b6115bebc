"""Protected result -> text and bytes that leave the screen. Pure; nothing here may show more than the result does."""
