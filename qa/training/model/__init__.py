"""What a training run optimises and what it saves."""
