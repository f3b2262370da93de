"""Tell whether what several articles answer is the same, differs, or is not comparable."""
