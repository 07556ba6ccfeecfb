/**
 * The part of an ODCS v3.1.0 contract that the platform reads, as the standard's JSON schema guarantees it.
 * Source: Open Data Contract Standard v3.1.0, "Definition: Data Contract".
 */
export interface StandardContract {
  readonly name?: string;
  readonly version: string;
  readonly servers?: readonly StandardServer[];
  readonly schema?: readonly StandardDataset[];
  readonly slaProperties?: readonly StandardSla[];
  readonly customProperties?: readonly CustomProperty[];
}

export interface StandardServer {
  readonly server: string;
  readonly type: string;
  readonly format?: string;
  readonly delimiter?: string;
  readonly customProperties?: readonly CustomProperty[];
}

export interface StandardDataset {
  readonly name: string;
  readonly physicalName?: string;
  readonly properties?: readonly StandardColumn[];
  readonly quality?: readonly StandardQuality[];
  readonly customProperties?: readonly CustomProperty[];
  readonly relationships?: readonly unknown[];
}

export interface StandardColumn {
  readonly name: string;
  readonly physicalName?: string;
  readonly physicalType?: string;
  readonly logicalType?: string;
  readonly logicalTypeOptions?: Readonly<Record<string, unknown>>;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly primaryKey?: boolean;
  readonly primaryKeyPosition?: number;
  readonly partitioned?: boolean;
  readonly tags?: readonly string[];
  readonly transformSourceObjects?: readonly string[];
  readonly quality?: readonly StandardQuality[];
  readonly relationships?: readonly { readonly to: unknown }[];
  readonly customProperties?: readonly CustomProperty[];
}

export interface StandardQuality {
  readonly name?: string;
  readonly type?: string;
  readonly metric?: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly engine?: string;
  readonly implementation?: unknown;
  readonly severity?: string;
  readonly dimension?: string;
  readonly unit?: string;
  readonly customProperties?: readonly CustomProperty[];
}

export interface StandardSla {
  readonly property: string;
  readonly value: unknown;
  readonly unit?: string;
  readonly element?: string;
}

export interface CustomProperty {
  readonly property: string;
  readonly value: unknown;
}
