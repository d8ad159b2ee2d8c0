"""What is measured: rubrics, reviews, reading review files, and ranking with reasons."""
