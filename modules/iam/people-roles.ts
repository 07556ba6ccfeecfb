import { Construct } from "constructs";
import { awsManagedPolicyArn } from "../../policies/arn";
import { type CatalogNames, queryTables } from "../../policies/catalog";
import {
  auditorPolicy,
  dataEngineerPolicy,
  operatorPolicy,
  type TrailScope,
  watchPolicy,
} from "../../policies/people/roles";
import type { PeopleScope } from "../../policies/people/scope";
import { type Assumers, peopleTrust } from "../../policies/people/trust";
import { AssumedRole, type AssumedRoleProps } from "./assumed-role";

/** Who may take a role, and for how long. */
export interface RoleHolders extends Assumers {
  readonly sessionHours: number;
  /** Whether they may publish and roll back releases. @default false */
  readonly publishes?: boolean;
}

export interface PeopleRolesProps {
  /** First part of the names of the roles. */
  readonly namePrefix: string;
  readonly scope: PeopleScope;
  readonly trail: TrailScope;
  /** ARN of the policy that bounds the role of auditors. */
  readonly auditorBoundary: string;
  /** The tables that data engineers query. */
  readonly catalog: CatalogNames;
  /** Whoever holds a role; without holders it does not exist. */
  readonly holders: {
    readonly dataEngineer?: RoleHolders;
    readonly operator?: RoleHolders;
    readonly auditor?: RoleHolders;
  };
}

const publishing = ({ publishes = false }: RoleHolders) => ({ publishes });

type Permissions = Pick<AssumedRoleProps, "boundary" | "description" | "policies" | "managed">;

/** The roles that people take on for a session. Nobody has a key that outlives it. */
export class PeopleRoles extends Construct {
  readonly dataEngineer?: AssumedRole;
  readonly operator?: AssumedRole;
  readonly auditor?: AssumedRole;

  constructor(scope: Construct, id: string, props: PeopleRolesProps) {
    super(scope, id);
    const { dataEngineer, operator, auditor } = props.holders;
    if (dataEngineer) {
      this.dataEngineer = this.role("data_engineer", props, dataEngineer, {
        description: "People who write contracts and jobs and DAGs",
        policies: {
          work: dataEngineerPolicy(props.scope, publishing(dataEngineer)),
          watch: watchPolicy(props.scope),
          queries: queryTables(props.scope.place, props.catalog),
        },
      });
    }
    if (operator) {
      this.operator = this.role("operator", props, operator, {
        description: "People who keep the platform running",
        policies: {
          work: operatorPolicy(props.scope, publishing(operator)),
          watch: watchPolicy(props.scope),
        },
      });
    }
    if (auditor) {
      this.auditor = this.role("auditor", props, auditor, {
        description: "People who check what others do",
        policies: { work: auditorPolicy(props.scope, props.trail) },
        boundary: props.auditorBoundary,
        managed: { security_audit: awsManagedPolicyArn(props.scope.place, "SecurityAudit") },
      });
    }
  }

  private role(
    id: string,
    { namePrefix, scope }: PeopleRolesProps,
    { sessionHours, publishes: _, ...assumers }: RoleHolders,
    permissions: Permissions,
  ): AssumedRole {
    return new AssumedRole(this, id, {
      ...permissions,
      name: `${namePrefix}-${id.replaceAll("_", "-")}`,
      trust: peopleTrust(scope.place, assumers),
      sessionHours,
    });
  }
}
