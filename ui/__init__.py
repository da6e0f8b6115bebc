"""What the pages are built from: session, navigation, filters, results. Beside the pages the only place with Streamlit."""
