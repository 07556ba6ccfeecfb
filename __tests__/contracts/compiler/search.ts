import { clicksContract } from "./streams";

/** The server where clicks are searched. */
export const searchServer = `  - server: search
    type: custom
    customProperties:
      - { property: product, value: opensearch }
      - { property: alias, value: shop-clicks }
      - { property: synonyms, value: { fr: ["sofa, canapé"] } }
`;

/** A searched column of a contract. */
export const titleColumn = `      - name: title
        logicalType: string
        physicalType: STRING
        customProperties: [{ property: searchLanguage, value: fr }]
`;

/** A stream whose events are searched, too; line numbers in the tests count from here. */
export const searchedContract = `${clicksContract
  .replaceAll("clicks", "searched")
  .replace("schema:\n", `${searchServer}schema:\n`)}${titleColumn}`;
