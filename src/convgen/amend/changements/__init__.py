"""What changes between two versions: found, told in words of data, applied, merged."""
