"""Files of public figures that a person downloaded: how they are read, whatever made them."""
