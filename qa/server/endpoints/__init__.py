"""The named endpoints that programs call, and those of them that language models may use."""
