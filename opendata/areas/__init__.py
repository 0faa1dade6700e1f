"""Areas and their borders, as CBS and PDOK publish them."""
