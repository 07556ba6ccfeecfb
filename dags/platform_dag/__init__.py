"""What the DAGs are made of: facts, release, cluster, steps, sensors and mails. Pure where it can be."""
