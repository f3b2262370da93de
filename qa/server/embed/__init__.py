"""`/embed`: a box with questions and cited answers, for pages of other sites."""
