import { Document, Scalar, visit } from "yaml";

/** Width at which YAML folds long texts: comments are not folded. */
const WIDTH = 110;

/** Texts that are keywords of YAML 1.1 and unknown to the option `compat`. Source: yaml.org/type, `value`, `merge`. */
const keywords: ReadonlySet<string> = new Set(["=", "<<"]);

/**
 * Characters that some reader of YAML 1.1 refuses as they are: they end a line, are not printable, or are a tab.
 * Source: YAML 1.1, sections 4.1.1 and 4.1.4.
 */
const escaped = /[\t\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\p{Cs}]/gu;

/** A document in which readers of YAML 1.1, such as PyYAML, find the same texts as readers of YAML 1.2. */
export function yamlDocument(value: object): Document {
  const document = new Document(value, { compat: "yaml-1.1" });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && (keywords.has(node.value) || node.value.search(escaped) >= 0))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document;
}

/** The document as text. Whatever has to be escaped is inside double quotes, where it can be. */
export function yamlText(document: Document): string {
  const text = document.toString({ lineWidth: WIDTH, flowCollectionPadding: true });
  return text.replace(escaped, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
