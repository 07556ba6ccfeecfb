"""What the DAGs are made of: facts, release, cluster, steps, job runs, sensors and mails. Pure where it can be."""
