import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { PeopleRoles, type RoleHolders } from "../../modules/iam/people-roles";
import type { CatalogNames } from "../../policies/catalog";
import type { CatalogStack } from "../catalog/stack";
import { clusterIdentity } from "../core/cluster-tags";
import { EnvironmentStack } from "../core/environment-stack";
import { accountPlaceOf, trailOf } from "../core/names";
import { Upstream } from "../core/upstream";
import type { LakeStack } from "../lake/stack";

/**
 * The roles of people. The stack exists where nobody has a role, too: otherwise the last one that leaves the
 * configuration would stay on AWS.
 */
export class PeopleStack extends EnvironmentStack<"people"> {
  constructor(
    scope: Construct,
    config: EnvironmentConfig,
    lakeStack: LakeStack,
    private readonly catalogStack: CatalogStack,
  ) {
    super(scope, "people", config);
    const { data_engineer, operator, auditor } = config.people;
    if (!data_engineer && !operator && !auditor) return;
    const lake = new Upstream(this, lakeStack);
    const roles = new PeopleRoles(this, "people", {
      namePrefix: this.names.prefix,
      scope: {
        place: this.place,
        buckets: {
          data: lake.text("data_bucket"),
          artifacts: lake.text("artifacts_bucket"),
          logs: lake.text("logs_bucket"),
        },
        keyArn: lake.text("data_kms_key_arn"),
        airflowEnvironment: this.names.airflowEnvironment,
        secretsPrefix: this.names.airflowSecrets,
        arrivalsQueue: this.names.arrivals,
        tags: clusterIdentity(config),
      },
      catalog: this.tables(lake),
      trail: { ...trailOf(config), place: accountPlaceOf(config) },
      holders: {
        ...(data_engineer ? { dataEngineer: holdersOf(data_engineer) } : {}),
        ...(operator ? { operator: holdersOf(operator) } : {}),
        ...(auditor ? { auditor: holdersOf(auditor) } : {}),
      },
    });
    const made = { data_engineer: roles.dataEngineer, operator: roles.operator, auditor: roles.auditor };
    for (const [name, role] of Object.entries(made)) {
      if (role) this.publish({ [`${name}_role_arn`]: role.role.arn });
    }
  }

  /** What data engineers ask in Athena: the tables as published, and what was refused. */
  private tables(lake: Upstream<"lake">): CatalogNames {
    const catalog = new Upstream(this, this.catalogStack);
    return {
      workgroup: catalog.text("athena_workgroup"),
      databases: [
        catalog.text("curated_database"),
        catalog.text("marts_database"),
        catalog.text("quarantine_database"),
      ],
      dataBucket: lake.text("data_bucket"),
      folders: ["curated", "marts", "quarantine"],
      resultsBucket: lake.text("query_results_bucket"),
      keyArn: lake.text("data_kms_key_arn"),
    };
  }
}

type ConfiguredRole = NonNullable<EnvironmentConfig["people"]["auditor"]>;

function holdersOf({ principals, saml_provider, session_hours }: ConfiguredRole): RoleHolders {
  return {
    principals,
    sessionHours: session_hours,
    ...(saml_provider === undefined ? {} : { samlProvider: saml_provider }),
  };
}
