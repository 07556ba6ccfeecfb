import { z } from "zod";
import { text } from "../schema/fields";

/** Kinds of values by how the names of Spark's settings end. Source: Spark 3.5.4 documentation, "Configuration", Spark Properties. */
const kinds = [
  {
    names:
      /\.(?:memory|memoryOverhead|maxResultSize|maxPartitionBytes|openCostInBytes|advisoryPartitionSizeInBytes)$/,
    values: /^\d+(?:b|[kmgtp]b?)?$/i,
    allowed: "a size with its unit, for example 8g",
  },
  { names: /\.enabled$/, values: /^(?:true|false)$/i, allowed: "true or false" },
  { names: /\.(?:cores|instances|partitions)$/, values: /^[1-9]\d{0,8}$/, allowed: "a whole number above 0" },
] as const;

/** Settings of Spark by name. One whose value is of another kind would fail every run. */
export const sparkSettings = z
  .record(
    text(/^spark\.[\w.-]+$/, "a setting of Spark, for example spark.executor.memory"),
    text(/^[^\s]+( [^\s]+)*$/, "its value, as a text without line breaks"),
  )
  .superRefine((settings, context) => {
    for (const [name, value] of Object.entries(settings)) {
      const kind = kinds.find(({ names }) => names.test(name));
      if (kind === undefined || kind.values.test(value)) continue;
      const params = { allowed: `use ${kind.allowed}` };
      context.addIssue({ code: "custom", path: [name], message: "is no value that Spark takes", params });
    }
  })
  .meta({ allowed: 'settings by name, for example { "spark.executor.memory" = "8g" }' });
