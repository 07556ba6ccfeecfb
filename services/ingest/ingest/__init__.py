"""The HTTP endpoint: validates events by the compiled contracts and hands them to Kafka."""
