"""What a person or a program is shown: tables, exports, marked text."""
