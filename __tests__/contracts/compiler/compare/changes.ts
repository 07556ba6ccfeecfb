/** A change of the contract of items, and what is said of it. */
export interface Case {
  readonly title: string;
  /** Text that is in the contract exactly once; the one before if the change is read backwards. */
  readonly from: string;
  readonly to: string;
  /** `line  path = value | message; remedy`, without the version that would be needed. */
  readonly problems: readonly string[];
}

const properties = "schema[items].properties";

/** What those who deliver or read the items would not survive. */
export const breakingChanges: readonly Case[] = [
  {
    title: "a column that is gone",
    from: "      - name: parent_id\n        logicalType: integer\n        physicalType: BIGINT\n        relationships:\n          - to: shelves.shelf_id\n",
    to: "",
    problems: [`26  ${properties} | no longer has the column parent_id (bigint) | keep parent_id`],
  },
  {
    title: "a column of another name",
    from: "      - name: price\n",
    to: "      - name: cost\n",
    problems: [`59  ${properties}[cost].name = "cost" | was price, by which it is read | keep price`],
  },
  {
    title: "a column of another name in the raw files",
    from: "physicalName: Label",
    to: "physicalName: Name",
    problems: [
      `40  ${properties}[label].physicalName = "Name" | changes its name in the raw files from Label to Name | keep Label`,
    ],
  },
  {
    title: "a narrower type",
    from: "logicalTypeOptions: { exclusiveMinimum: 0, maximum: 9.99 }\n        physicalType: DECIMAL(4,2)",
    to: "logicalTypeOptions: { exclusiveMinimum: 0, maximum: 9.99 }\n        physicalType: DECIMAL(3,2)",
    problems: [
      `62  ${properties}[price].physicalType = "DECIMAL(3,2)" | narrows the type from decimal(4,2) to decimal(3,2), and stored files keep the old one | keep DECIMAL(4,2)`,
    ],
  },
  {
    title: "a wider type",
    from: "physicalType: DECIMAL(4,2)",
    to: "physicalType: DECIMAL(6,2)",
    problems: [
      `62  ${properties}[price].physicalType = "DECIMAL(6,2)" | widens the type from decimal(4,2) to decimal(6,2), and stored files keep the old one | keep DECIMAL(4,2)`,
    ],
  },
  {
    title: "a column that is required now",
    from: "        physicalType: DATE\n",
    to: "        physicalType: DATE\n        required: true\n",
    problems: [
      `70  ${properties}[added_on] | is required now, and could be missing before | let it be missing`,
    ],
  },
  {
    title: "a new column that is required",
    from: "slaProperties:",
    to: "      - { name: weight, logicalType: integer, physicalType: INT, required: true }\nslaProperties:",
    problems: [
      `85  ${properties}[weight] | is a new column that is required, and rows stored before have no value | let weight be missing: required: false`,
    ],
  },
  {
    title: "columns in another order",
    from: "      - name: parent_id\n        logicalType: integer\n        physicalType: BIGINT\n        relationships:\n          - to: shelves.shelf_id\n      - name: label\n        physicalName: Label\n        logicalType: string\n        logicalTypeOptions: { minLength: 2, maxLength: 40, pattern: '^[A-Z]' }\n        physicalType: STRING\n        tags: [personal-data]\n        customProperties:\n          - property: failureThreshold\n            value: 0.2\n",
    to: "      - name: label\n        physicalName: Label\n        logicalType: string\n        logicalTypeOptions: { minLength: 2, maxLength: 40, pattern: '^[A-Z]' }\n        physicalType: STRING\n        tags: [personal-data]\n        customProperties:\n          - property: failureThreshold\n            value: 0.2\n      - name: parent_id\n        logicalType: integer\n        physicalType: BIGINT\n        relationships:\n          - to: shelves.shelf_id\n",
    problems: [
      `26  ${properties} | changes the order of columns in the raw files to item_id, label, parent_id, colour, price, added_on, updated_at | keep item_id, parent_id, label, colour, price, added_on, updated_at`,
    ],
  },
  {
    title: "a tighter bound",
    from: "maximum: 9.99",
    to: "maximum: 5",
    problems: [
      `61  ${properties}[price].logicalTypeOptions | tightens price.range from (maximum 9.99; exclusive_minimum 0) to (maximum 5; exclusive_minimum 0) | keep (maximum 9.99; exclusive_minimum 0)`,
    ],
  },
  {
    title: "a shorter text",
    from: "maxLength: 40",
    to: "maxLength: 30",
    problems: [
      `42  ${properties}[label].logicalTypeOptions | tightens label.length from (minimum 2; maximum 40) to (minimum 2; maximum 30) | keep (minimum 2; maximum 40)`,
    ],
  },
  {
    title: "another pattern",
    from: "'^[A-Z]'",
    to: "'^[A-Z].*'",
    problems: [
      `42  ${properties}[label].logicalTypeOptions | changes label.pattern from (pattern ^[A-Z]) to (pattern ^[A-Z].*) | keep (pattern ^[A-Z])`,
    ],
  },
  {
    title: "a value that is no longer allowed",
    from: "[red, green]",
    to: "[red, blue]",
    problems: [
      `52  ${properties}[colour].quality | tightens colour.allowed from (values red, green) to (values red, blue) | keep (values red, green)`,
    ],
  },
  {
    title: "a rule that is new",
    from: "        logicalType: integer\n        physicalType: BIGINT\n        relationships:",
    to: "        logicalType: integer\n        logicalTypeOptions: { minimum: 0 }\n        physicalType: BIGINT\n        relationships:",
    problems: [
      `36  ${properties}[parent_id].logicalTypeOptions | has a new rule, parent_id.range (minimum 0) | leave the rule out`,
    ],
  },
  {
    title: "fewer rows that may break a rule",
    from: "mustBeLessOrEqualTo: 0.7",
    to: "mustBeLessOrEqualTo: 0.1",
    problems: [
      `52  ${properties}[colour].quality | lowers the share of rows that may break colour.allowed from 0.007 to 0.001 | keep 0.007`,
    ],
  },
  {
    title: "a personal column that is marked no more",
    from: "        tags: [personal-data]\n",
    to: "",
    problems: [
      `39  ${properties}[label] | is no longer marked personal-data, by which it is kept out of reports | keep the tag`,
    ],
  },
  {
    title: "a batch that may be smaller no more",
    from: "mustBeBetween: [1, 1000]",
    to: "mustBeBetween: [10, 2000]",
    problems: [
      "21  schema[items].quality | changes the rows that a batch may have from [1, 1000] to [10, 2000] | keep [1, 1000]",
    ],
  },
  {
    title: "a promise of fresher data",
    from: "value: 36",
    to: "value: 24",
    problems: [
      "86  slaProperties | changes the age that the newest row may have from 129600 s to 86400 s | keep 129600 s",
    ],
  },
  {
    title: "other partitions",
    from: "transform: month",
    to: "transform: day",
    problems: [
      "12  schema[items] | changes the partitions, which stored folders are named by, from month of added_on to day of added_on | keep month of added_on",
    ],
  },
];

/** What nobody has to do anything about. */
export const additiveChanges: readonly Case[] = [
  {
    title: "a new column that may be missing",
    from: "slaProperties:",
    to: "      - { name: weight, logicalType: integer, physicalType: INT }\nslaProperties:",
    problems: [`85  ${properties}[weight] | is a new column | leave it out`],
  },
  {
    title: "a looser bound",
    from: "exclusiveMinimum: 0,",
    to: "minimum: 0,",
    problems: [
      `61  ${properties}[price].logicalTypeOptions | loosens price.range from (maximum 9.99; exclusive_minimum 0) to (minimum 0; maximum 9.99) | keep (maximum 9.99; exclusive_minimum 0)`,
    ],
  },
  {
    title: "one more value that is allowed",
    from: "[red, green]",
    to: "[red, green, blue]",
    problems: [
      `52  ${properties}[colour].quality | loosens colour.allowed from (values red, green) to (values red, green, blue) | keep (values red, green)`,
    ],
  },
  {
    title: "a rule that is gone",
    from: "minLength: 2, maxLength: 40, ",
    to: "",
    problems: [
      `42  ${properties}[label].logicalTypeOptions | no longer has the rule label.length | keep the rule`,
    ],
  },
  {
    title: "a promise that is gone",
    from: "    quality:\n      - name: volume\n        metric: rowCount\n        mustBeBetween: [1, 1000]\n        severity: warning\n",
    to: "",
    problems: [
      "12  schema[items].quality | changes the rows that a batch may have from [1, 1000] to [any, any] | keep [1, 1000]",
    ],
  },
  {
    title: "one more personal column",
    from: "      - name: colour\n",
    to: "      - name: colour\n        tags: [personal-data]\n",
    problems: [`48  ${properties}[colour] | is marked personal-data now | leave the tag out`],
  },
];
