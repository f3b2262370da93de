"""Standing questions: asked again after each build, with news when their answers change."""
