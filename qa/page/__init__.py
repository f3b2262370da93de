"""The web page in Gradio: the chat, the archive, and how they are served."""
