"""SQL over the platform's tables, on a laptop and in Athena, and the application for analysts."""
