"""What `make` runs besides the product's own commands."""
