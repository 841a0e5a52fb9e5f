"""Pages of the adoption part."""
