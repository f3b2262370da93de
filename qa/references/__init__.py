"""Citations as references for other programs: BibTeX, RIS, CSL-JSON, and as a footnote."""
