"""How quick the running app is, beside a bare Streamlit app; see docs/performance.md."""
