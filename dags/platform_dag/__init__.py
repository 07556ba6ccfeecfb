"""What DAGs are made of: facts, release, cluster, steps, job runs, sensors, mails, metrics."""
