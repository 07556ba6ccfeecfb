"""Search of products and of what visitors searched for, by OpenSearch's HTTP interface."""
