"""The platform's data work on Spark 3.5: raw files in, judged, merged and published tables out."""
