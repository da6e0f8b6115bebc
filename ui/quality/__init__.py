"""The page of data quality: six judgements at a glance, and what stands behind each of them."""
