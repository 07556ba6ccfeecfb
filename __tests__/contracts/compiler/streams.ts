/** A dataset that arrives as a stream alone; line numbers in the tests count from here. */
export const clicksContract = `apiVersion: v3.1.0
kind: DataContract
id: shop.clicks
name: clicks
version: 1.0.0
status: active
description: { purpose: What visitors click on. }
team: { name: web }
servers:
  - server: events
    type: kafka
    host: 127.0.0.1:9092
    format: json
    customProperties:
      - { property: topic, value: shop.clicks }
      - { property: partitions, value: 3 }
      - { property: retentionHours, value: 200 }
      - { property: eventTime, value: clicked_at }
      - { property: tieBreaker, value: position }
schema:
  - name: clicks
    properties:
      - { name: click_id, logicalType: string, physicalType: STRING, required: true, primaryKey: true }
      - name: clicked_at
        logicalType: timestamp
        physicalType: TIMESTAMP
        required: true
        quality:
          - { type: custom, engine: platform, implementation: { rule: late, value: 2, unit: h } }
      - { name: sent_at, logicalType: timestamp, physicalType: TIMESTAMP, required: true }
      - { name: pages, logicalType: integer, physicalType: INT }
`;

/** The server of files that such a contract may have, too. */
export const fileServer = `  - server: exports
    type: local
    path: raw/clicks/*.csv
    format: csv
`;
