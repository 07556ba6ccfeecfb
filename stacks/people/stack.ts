import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { layout } from "../../contracts/layout";
import { PeopleRoles, type RoleHolders } from "../../modules/iam/people-roles";
import type { CatalogNames } from "../../policies/catalog";
import type { catalogFacts } from "../catalog/facts";
import { clusterIdentity } from "../core/cluster-tags";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { accountPlaceOf, auditorBoundaryOf, kafkaCluster, trailOf } from "../core/names";
import { type Publisher, Upstream } from "../core/upstream";
import type { lakeFacts } from "../lake/facts";
import type { processingFacts } from "../processing/facts";
import { peopleFacts } from "./facts";

export interface PeopleStackProps extends EnvironmentStackProps {
  readonly lake: Publisher<typeof lakeFacts>;
  readonly catalog: Publisher<typeof catalogFacts>;
  readonly processing: Publisher<typeof processingFacts>;
}

/**
 * The roles of people. The stack exists where nobody has a role, too: otherwise the last one that leaves the
 * configuration would stay on AWS.
 */
export class PeopleStack extends EnvironmentStack<typeof peopleFacts> {
  constructor(scope: Construct, { config, ...upstream }: PeopleStackProps) {
    super(scope, peopleFacts, config);
    const { data_engineer, operator, auditor } = config.people;
    if (!data_engineer && !operator && !auditor) return;
    const lake = new Upstream(this, upstream.lake);
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
        ...this.application(upstream.processing),
        ...(config.streaming ? { kafkaCluster: kafkaCluster(this.names) } : {}),
      },
      catalog: tables(lake, new Upstream(this, upstream.catalog)),
      trail: { ...trailOf(config), place: accountPlaceOf(config) },
      auditorBoundary: auditorBoundaryOf(config),
      holders: {
        ...(data_engineer ? { dataEngineer: holdersOf(data_engineer) } : {}),
        ...(operator ? { operator: holdersOf(operator) } : {}),
        ...(auditor ? { auditor: holdersOf(auditor) } : {}),
      },
    });
    this.publishFacts({
      ...(roles.dataEngineer ? { data_engineer_role_arn: roles.dataEngineer.arn } : {}),
      ...(roles.operator ? { operator_role_arn: roles.operator.arn } : {}),
      ...(roles.auditor ? { auditor_role_arn: roles.auditor.arn } : {}),
    });
  }

  /** The application of EMR Serverless, where jobs run on one. */
  private application(processing: Publisher<typeof processingFacts>): { readonly applicationId?: string } {
    if (this.config.processing.compute !== "emr_serverless") return {};
    return { applicationId: new Upstream(this, processing).entry("serverless", "application_id") };
  }
}

/** What data engineers ask in Athena: the tables as published, and what was refused. */
function tables(lake: Upstream<typeof lakeFacts>, catalog: Upstream<typeof catalogFacts>): CatalogNames {
  return {
    workgroup: catalog.text("athena_workgroup"),
    databases: [
      catalog.text("curated_database"),
      catalog.text("marts_database"),
      catalog.text("quarantine_database"),
    ],
    dataBucket: lake.text("data_bucket"),
    folders: (["curated", "marts", "quarantine"] as const).map((zone) => layout.zones[zone].folder),
    resultsBucket: lake.text("query_results_bucket"),
    keyArn: lake.text("data_kms_key_arn"),
  };
}

type ConfiguredRole = NonNullable<EnvironmentConfig["people"]["auditor"]> & { readonly publishes?: boolean };

function holdersOf({ principals, saml_provider, session_hours, publishes }: ConfiguredRole): RoleHolders {
  return {
    principals,
    sessionHours: session_hours,
    ...(publishes === undefined ? {} : { publishes }),
    ...(saml_provider === undefined ? {} : { samlProvider: saml_provider }),
  };
}
