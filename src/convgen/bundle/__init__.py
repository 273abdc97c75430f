"""Several acts in one file, and in one folder for the préfecture: the liasse."""
