"""What readers get of traces."""
