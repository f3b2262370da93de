"""The pages that need no Gradio: the one to sign in on, and the embedded box."""
