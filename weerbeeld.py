"""The name under which Streamlit finds the component of this project: see pyproject.toml."""
