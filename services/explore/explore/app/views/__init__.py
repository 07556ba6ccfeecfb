"""The pages of the application: each file is one, which Streamlit runs from top to bottom.

Not `pages`: Streamlit shows the files of such a folder by itself, before it has run `main.py`.
"""
