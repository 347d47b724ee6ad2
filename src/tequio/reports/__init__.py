"""What leaves the house on paper: certificates of attendance and their register."""
