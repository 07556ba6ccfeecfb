import type { InvalidInput } from "./base";

/** Addresses of servers and people that nobody can reach, or that are there twice. */
export const unreachableInputs: readonly InvalidInput[] = [
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://a..b" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://a..b"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://999.999.1.1" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://999.999.1.1"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://localhost" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://localhost"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "http://127.0.0.1:5000" }',
    'prod.tfvars:52  orchestration.lineage.url = "http://127.0.0.1:5000"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "http://169.254.169.254" }',
    'prod.tfvars:52  orchestration.lineage.url = "http://169.254.169.254"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://0.0.0.0" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://0.0.0.0"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://224.0.0.1" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://224.0.0.1"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://[::1]" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://[::1]"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://[::]" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://[::]"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://[fe80::1]" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://[fe80::1]"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://[:]" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://[:]"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://1" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://1"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://host/path" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://host/path"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://user:pw@host" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://user:pw@host"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://example.com?x=1" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://example.com?x=1"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com"',
    'prod.tfvars:51  orchestration.mail_from = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com"\n    does not have the right form; use an e-mail address, for example data-team@example.com',
  ],
  [
    51,
    '  mail_from = "a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"',
    'prod.tfvars:51  orchestration.mail_from = "a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"\n    does not have the right form; use an e-mail address, for example data-team@example.com',
  ],
  [
    51,
    '  mail_from = "Airflow <airflow@example.com>"',
    'prod.tfvars:51  orchestration.mail_from = "Airflow <airflow@example.com>"\n    does not have the right form; use an e-mail address, for example data-team@example.com',
  ],
  [
    50,
    '  notification_emails = ["A@example.com", "a@example.com"]',
    'prod.tfvars:50  orchestration.notification_emails[1] = "a@example.com"\n    is in the list already, as item 0; remove one of the two',
  ],
  [
    70,
    '  critical_emails = ["On-Call@example.com", "on-call@example.com"]',
    'prod.tfvars:70  observability.critical_emails[1] = "on-call@example.com"\n    is in the list already, as item 0; remove one of the two',
  ],
];
