import type { Refusal } from "./refusal";

/** What is wrong with types, formats and bounds. */
export const typesRefusals: readonly Refusal[] = [
  {
    title: "a type Spark does not have",
    from: "physicalType: DECIMAL(4,2)",
    to: "physicalType: MONEY",
    problems: [
      'items.odcs.yaml:62  schema[items].properties[price].physicalType = "MONEY" | is not a Spark type of a number; use DOUBLE or DECIMAL(12,2)',
    ],
  },
  {
    title: "a type of another kind",
    from: "physicalType: DATE",
    to: "physicalType: STRING",
    problems: [
      'items.odcs.yaml:73  schema[items].properties[added_on].physicalType = "STRING" | is not a Spark type of a date; use DATE',
    ],
  },
  {
    title: "an impossible decimal",
    from: "physicalType: DECIMAL(4,2)",
    to: "physicalType: DECIMAL(40,2)",
    problems: [
      'items.odcs.yaml:62  schema[items].properties[price].physicalType = "DECIMAL(40,2)" | is not a Spark type of a number; use DOUBLE or DECIMAL(12,2)',
    ],
  },
  {
    title: "an integer format of another size",
    from: "format: i64",
    to: "format: i32",
    problems: [
      'items.odcs.yaml:28  schema[items].properties[item_id].logicalTypeOptions.format = "i32" | does not go with bigint; use i16 with SMALLINT, i32 with INT, i64 with BIGINT',
    ],
  },
  {
    title: "an option nothing checks",
    from: "exclusiveMinimum: 0, maximum",
    to: "multipleOf: 0.01, maximum",
    problems: [
      "items.odcs.yaml:61  schema[items].properties[price].logicalTypeOptions.multipleOf = 0.01 | is not checked by the platform; remove it, or say it with another rule",
    ],
  },
  {
    title: "a text format nothing checks",
    from: "minLength: 2, maxLength: 40, pattern",
    to: "format: email, pattern",
    problems: [
      'items.odcs.yaml:42  schema[items].properties[label].logicalTypeOptions.format = "email" | is not checked by the platform; remove it; texts can have a pattern',
    ],
  },
  {
    title: "a datetime pattern without minutes",
    from: 'yyyy-MM-dd HH:mm:ss"',
    to: 'yyyy-MM-dd"',
    problems: [
      'items.odcs.yaml:77  schema[items].properties[updated_at].logicalTypeOptions.format = "yyyy-MM-dd" | has no HH, mm; use a pattern such as yyyy-MM-dd HH:mm:ss',
    ],
  },
  {
    title: "timestamps with a zone",
    from: "timezone: false",
    to: "timezone: true",
    problems: [
      "items.odcs.yaml:77  schema[items].properties[updated_at].logicalTypeOptions.timezone = true | is not supported; write timestamps in UTC, without a zone",
    ],
  },
  {
    title: "another time zone",
    from: "defaultTimezone: Etc/UTC",
    to: "defaultTimezone: Europe/Brussels",
    problems: [
      'items.odcs.yaml:77  schema[items].properties[updated_at].logicalTypeOptions.defaultTimezone = "Europe/Brussels" | is not the time zone of the jobs; use Etc/UTC',
    ],
  },
  {
    title: "a bound the type cannot hold",
    from: "maximum: 9.99",
    to: "maximum: 100",
    problems: [
      "items.odcs.yaml:61  schema[items].properties[price].logicalTypeOptions.maximum = 100 | is not a value of decimal(4,2); write a number that the column can hold",
    ],
  },
  {
    title: "a bound beyond the integer",
    contract: "shelves",
    from: "logicalType: integer, physicalType: INT }",
    to: "logicalType: integer, physicalType: INT, logicalTypeOptions: { maximum: 3000000000 } }",
    problems: [
      "shelves.odcs.yaml:15  schema[shelves].properties[floor].logicalTypeOptions.maximum = 3000000000 | is not a value of int; write a number that the column can hold",
    ],
  },
  {
    title: "a bound finer than the type",
    from: "maximum: 9.99",
    to: "maximum: 9.999",
    problems: [
      "items.odcs.yaml:61  schema[items].properties[price].logicalTypeOptions.maximum = 9.999 | is not a value of decimal(4,2); write a number that the column can hold",
    ],
  },
  {
    title: "a bound that is a fraction of an integer",
    from: "format: i64, minimum: 1",
    to: "format: i64, minimum: 1.5",
    problems: [
      "items.odcs.yaml:28  schema[items].properties[item_id].logicalTypeOptions.minimum = 1.5 | is not a value of bigint; write a number that the column can hold",
    ],
  },
  {
    title: "a bound that is no day",
    from: '"2015-01-01"',
    to: '"2015-02-30"',
    problems: [
      'items.odcs.yaml:72  schema[items].properties[added_on].logicalTypeOptions.minimum = "2015-02-30" | is not a value of date; write it as "2015-01-31"',
    ],
  },
  {
    title: "bounds that are swapped",
    from: 'maximum: "2035-12-31"',
    to: 'maximum: "2005-12-31"',
    problems: [
      'items.odcs.yaml:72  schema[items].properties[added_on].logicalTypeOptions.minimum = "2015-01-01" | is above the upper bound 2005-12-31; swap the two',
    ],
  },
  {
    title: "lengths that are swapped",
    from: "minLength: 2",
    to: "minLength: 50",
    problems: [
      "items.odcs.yaml:42  schema[items].properties[label].logicalTypeOptions.minLength = 50 | is above maxLength; use at most 40",
    ],
  },
  {
    title: "a pattern that does not compile",
    from: "'^[A-Z]'",
    to: "'^[A-Z'",
    problems: [
      'items.odcs.yaml:42  schema[items].properties[label].logicalTypeOptions.pattern = "^[A-Z" | is not a regular expression: Invalid regular expression: /^[A-Z/: Unterminated character class; correct it',
    ],
  },
];
