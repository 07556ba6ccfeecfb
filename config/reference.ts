import { z } from "zod";
import { accountRulesSay } from "./accounts";
import { deploymentRulesSay } from "./deployment-order";
import { environmentSchema } from "./environment";
import { rangeWarningsSay } from "./network-ranges";
import { formatMap } from "./problems";
import { documentedRules } from "./rules";
import { allowedOf, unwrap } from "./schema/inspect";
import { streamsSay } from "./streams";
import { offerWarningsSay } from "./unknown-offers";

const introduction = `<!-- Written by \`npm run docs:configuration\` from the sections in config/sections. Do not edit. -->

# Configuration of an environment

An environment is one file, \`environments/<environment>.tfvars\`: HCL literals, no functions and no references. A key that
has a default can be left out; a key that is not listed here is an error. \`./platform check\` reads all files and reports
every problem of all of them at once, with file, line, value and what is allowed.`;

/** The reference of the configuration, as Markdown. */
export function renderReference(): string {
  const sections = sectionsOf(environmentSchema, []).map(renderSection);
  return `${[introduction, ...sections, renderRules()].join("\n\n")}\n`;
}

interface Section {
  readonly path: readonly string[];
  readonly meaning: string;
  readonly schema: z.ZodObject;
}

/** The schema's maps, outer before inner, in the order of their keys. */
function sectionsOf(schema: z.core.$ZodType, path: readonly string[], meaning = ""): Section[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return sectionsOf(inner.def.valueType, [...path, "<name>"], meaning);
  if (!(inner instanceof z.ZodObject)) return [];
  const children = Object.entries(inner.shape).flatMap(([key, child]) => {
    return sectionsOf(child, [...path, key], metaOf(child).description);
  });
  return [{ path, meaning, schema: inner }, ...children];
}

function renderSection({ path, meaning, schema }: Section): string {
  const title = path.length === 0 ? "## Top level" : `## \`${path.join(".")}\``;
  const rows = Object.entries(schema.shape).map(([key, field]) => renderRow(key, field));
  const table = [["Key", "Type", "Allowed", "Default", "Meaning"], Array(5).fill("---"), ...rows].map(
    renderCells,
  );
  return [title, ...(meaning === "" ? [] : [meaning]), table.join("\n")].join("\n\n");
}

function renderRow(key: string, field: z.core.$ZodType): string[] {
  const allowed = isMap(unwrap(field)) ? "see below" : allowedOf(field);
  return [`\`${key}\``, typeOf(field), allowed, defaultOf(field), metaOf(field).description ?? ""];
}

function renderCells(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function renderRules(): string {
  const all = [
    ...documentedRules,
    ...accountRulesSay,
    ...deploymentRulesSay,
    ...streamsSay,
    ...rangeWarningsSay,
    ...offerWarningsSay,
  ];
  const rules = all.map((says) => `- ${says}`);
  return ["## Rules about several keys", rules.join("\n")].join("\n\n");
}

function typeOf(field: z.core.$ZodType): string {
  const schema = unwrap(field);
  if (isMap(schema)) return "map";
  if (schema instanceof z.ZodArray) return `list of ${typeOf(schema.def.element)}`;
  if (schema instanceof z.ZodNumber) return "number";
  return schema instanceof z.ZodBoolean ? "boolean" : "text";
}

function isMap(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord;
}

function defaultOf(field: z.core.$ZodType): string {
  const { absent } = metaOf(field);
  if (absent !== undefined) return `\`${absent}\``;
  if (field instanceof z.ZodDefault) return `\`${hcl(field.def.defaultValue)}\``;
  return field instanceof z.ZodPrefault ? "the defaults below" : "required";
}

function metaOf(field: z.core.$ZodType): z.core.GlobalMeta {
  return z.globalRegistry.get(field) ?? {};
}

function hcl(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(hcl).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${key} = ${hcl(item)}`);
  return formatMap(entries);
}
