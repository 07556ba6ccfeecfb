"""The application for analysts: pages over the tables, the platform's records and search."""
