"""What DAGs are made of: facts, settings, release, cluster, steps, job runs, sensors, mails, metrics, use."""
