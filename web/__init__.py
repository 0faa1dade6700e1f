"""The script that Streamlit runs, away from ``pages/`` so that no page is served alone."""
