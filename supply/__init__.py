"""What Sayso is made of: a bill of materials, its licences, and whether anything in it is known to be vulnerable."""
