/** A contract that uses every part of the vocabulary; line numbers in the tests count from here. */
export const itemsContract = `apiVersion: v3.1.0
kind: DataContract
id: shop.items
name: items
version: 1.2.0
status: active
description:
  purpose: What is on the shelves.
team:
  name: shelves
schema:
  - name: items
    customProperties:
      - property: versionColumn
        value: updated_at
      - property: partitionBy
        value: { column: added_on, transform: month }
      - property: failureThreshold
        value: 0.05
    quality:
      - name: volume
        metric: rowCount
        mustBeBetween: [1, 1000]
        severity: warning
    properties:
      - name: item_id
        logicalType: integer
        logicalTypeOptions: { format: i64, minimum: 1 }
        physicalType: BIGINT
        required: true
        unique: true
        primaryKey: true
        primaryKeyPosition: 1
      - name: parent_id
        logicalType: integer
        physicalType: BIGINT
        relationships:
          - to: shelves.shelf_id
      - name: label
        physicalName: Label
        logicalType: string
        logicalTypeOptions: { minLength: 2, maxLength: 40, pattern: '^[A-Z]' }
        physicalType: STRING
        tags: [personal-data]
        customProperties:
          - property: failureThreshold
            value: 0.2
      - name: colour
        logicalType: string
        physicalType: STRING
        quality:
          - name: colour.allowed
            metric: invalidValues
            arguments: { validValues: [red, green] }
            mustBeLessOrEqualTo: 0.7
            unit: percent
            dimension: accuracy
            severity: warning
      - name: price
        logicalType: number
        logicalTypeOptions: { exclusiveMinimum: 0, maximum: 9.99 }
        physicalType: DECIMAL(4,2)
        quality:
          - type: custom
            engine: platform
            implementation: { rule: range }
            customProperties:
              - property: failureThreshold
                value: 0
      - name: added_on
        logicalType: date
        logicalTypeOptions: { minimum: "2015-01-01", maximum: "2035-12-31" }
        physicalType: DATE
        partitioned: true
      - name: updated_at
        logicalType: timestamp
        logicalTypeOptions: { format: "yyyy-MM-dd HH:mm:ss", timezone: false, defaultTimezone: Etc/UTC }
        physicalType: TIMESTAMP
        required: true
        quality:
          - name: updated_at.future
            type: custom
            engine: platform
            implementation: { rule: future }
slaProperties:
  - property: latency
    value: 36
    unit: h
    element: items.updated_at
`;

/** What items refer to. */
export const shelvesContract = `apiVersion: v3.1.0
kind: DataContract
id: shop.shelves
name: shelves
version: 1.0.0
status: active
description: { purpose: Where items are. }
team: { name: shelves }
schema:
  - name: shelves
    customProperties:
      - { property: versionColumn, value: updated_at }
    properties:
      - { name: shelf_id, logicalType: integer, physicalType: BIGINT, required: true, primaryKey: true }
      - { name: floor, logicalType: integer, physicalType: INT }
      - { name: updated_at, logicalType: timestamp, physicalType: TIMESTAMP, required: true }
`;

/** A mart of them. */
export const salesMart = `apiVersion: v3.1.0
kind: DataContract
id: shop.sales
name: sales
version: 2.0.1
status: active
description: { purpose: What was sold. }
team: { name: sales }
schema:
  - name: sales
    description: One row per day.
    properties:
      - { name: day, logicalType: date, physicalType: DATE, required: true, primaryKey: true, description: Day of sale. }
      - { name: buyer, logicalType: string, physicalType: STRING, tags: [personal-data] }
      - { name: net, logicalType: number, physicalType: "DECIMAL(18,2)", required: true }
`;
