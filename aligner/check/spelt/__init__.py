"""Names of people and places, in Chinese and as English spells them."""
