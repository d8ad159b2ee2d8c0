"""What people see, as functions from plain values to typed blocks."""
