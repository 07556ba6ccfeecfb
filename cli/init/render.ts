import { type Entry, entry, formatEntries, section } from "./hcl";
import { rangesOf } from "./ranges";
import { entriesOf, type Size } from "./sizes";

/** Everything that was answered about the company. */
export interface Company {
  readonly project: string;
  readonly region: string;
  readonly owner: string;
  readonly cost_centre: string;
  readonly emails: readonly string[];
  readonly mail_from: string;
  readonly repository: string | undefined;
}

/** Everything that was answered about one environment. */
export interface Environment {
  readonly environment: string;
  readonly account: string;
  readonly size: Size;
  readonly compute: string;
  readonly vpn: boolean;
  readonly budget: number | undefined;
}

/** Where an environment stands among those that are made with it. */
export interface Position {
  /** From 0. */
  readonly index: number;
  /** The environment that CI deploys before this one. */
  readonly deployAfter: string | undefined;
}

/** The `.tfvars` file of an environment. */
export function renderEnvironment(
  company: Company,
  environment: Environment,
  { index, deployAfter }: Position,
): string {
  const sized = entriesOf[environment.size];
  const sections = [
    section(
      "ci",
      ciOf(company, deployAfter),
      "Its pull requests may plan, its branch may apply: docs/account.md.",
    ),
    section("network", [...(sized.network ?? []), ...rangesOf(index)]),
    section("access", [section("vpn", [entry("enabled", environment.vpn)])], accessComment(environment)),
    section("lake", sized.lake ?? []),
    section("metadata", sized.metadata ?? []),
    section("processing", [entry("compute", environment.compute), ...(sized.processing ?? [])]),
    section("orchestration", [...(sized.orchestration ?? []), ...mailOf(company)]),
    section("observability", [...(sized.observability ?? []), ...budgetOf(environment)]),
  ].filter(({ value }) => Array.isArray(value) && value.length > 0);
  const blocks = [identityOf(company, environment), ...sections.map((one) => [one])];
  return `${[headOf(environment), ...blocks.map((block) => formatEntries(block))].join("\n\n")}\n`;
}

function headOf({ environment, size }: Environment): string {
  return `# The environment "${environment}", begun as ${size} by \`platform init\`; it is yours from here on.
# Every key, its default and what it accepts: docs/configuration.md. \`./platform check\` reads it.`;
}

function identityOf(company: Company, { environment, account }: Environment): Entry[] {
  return [
    entry("project", company.project),
    entry("environment", environment),
    entry("account_id", account),
    entry("region", company.region),
    entry("owner", company.owner),
    entry("cost_centre", company.cost_centre),
  ];
}

function ciOf({ repository }: Company, deployAfter: string | undefined): Entry[] {
  if (repository === undefined) return [];
  const order = deployAfter === undefined ? [] : [entry("deploy_after", deployAfter)];
  return [entry("repository", repository), ...order];
}

function accessComment({ vpn }: Environment): string {
  return vpn
    ? "Before the first apply: platform certificates create, then import. docs/access.md"
    : "Nobody comes in by VPN: Airflow's web server needs another way into the VPC.";
}

function mailOf({ emails, mail_from }: Company): Entry[] {
  return [
    entry(
      "notification_emails",
      emails,
      "Who is told of runs, and of alarms unless observability names others.",
    ),
    entry("mail_from", mail_from),
  ];
}

function budgetOf({ budget }: Environment): Entry[] {
  return budget === undefined ? [] : [section("budget", [entry("monthly_usd", budget)])];
}
