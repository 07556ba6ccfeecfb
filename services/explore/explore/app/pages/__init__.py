"""The pages of the application: each file is one, which Streamlit runs from top to bottom."""
