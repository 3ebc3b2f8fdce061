"""What the pages of a contingency plan say, in an order and in words that the PDF and the HTML share."""
