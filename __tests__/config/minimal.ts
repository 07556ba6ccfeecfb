/** The shortest valid environment of a name; everything else is by default. */
export const minimalSource = (name: string): string => `
project     = "big-data"
environment = "${name}"
account_id  = "111111111111"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "research"
orchestration = {
  notification_emails = ["team@example.com"]
  mail_from           = "airflow@example.com"
}
`;
