"""What is known of papers and of what was read in them."""
