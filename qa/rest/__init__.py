"""REST under `/api/v1/`, described by `/openapi.json`: the archive for programs of any language."""
