import { z } from "zod";
import { text } from "../schema/fields";

/** Kinds of values by the names of Spark's settings. Source: Spark 3.5.4 documentation, "Configuration". */
const kinds = [
  {
    names: /^spark\.(?:master|submit\.deployMode|app\.(?:id|name)|driver\.(?:host|port|bindAddress))$/,
    values: /(?!)/,
    allowed: "no value here: the platform decides it, so remove the setting",
  },
  {
    names: /ExtraJavaOptions$|\.extraJavaOptions$|\.defaultJavaOptions$/i,
    values: /^(?!.*(?:^|\s)-Xm[xs])/,
    allowed: "options without -Xmx and -Xms: memory is spark.executor.memory and spark.driver.memory",
  },
  {
    names: /(?:secret|password|token|credential|access\.key)/i,
    values: /(?!)/,
    allowed: "no secret here: jobs have a role, and this file is in the repository",
  },
  {
    names:
      /\.(?:memory|memoryOverhead|maxResultSize|maxPartitionBytes|openCostInBytes|advisoryPartitionSizeInBytes)$/,
    values: /^\d+(?:b|[kmgtp]b?)?$/i,
    allowed: "a size with its unit, for example 8g",
  },
  { names: /\.enabled$/, values: /^(?:true|false)$/i, allowed: "true or false" },
  {
    names: /\.(?:cores|instances|partitions|cpus)$|^spark\.dynamicAllocation\.(?:max|min|initial)Executors$/,
    values: /^(?:0|[1-9]\d{0,8})$/,
    allowed: "a whole number",
  },
  {
    names: /^spark\.memory\.(?:fraction|storageFraction)$|^spark\.(?:executor|driver)\.memoryOverheadFactor$/,
    values: /^0?\.\d+$/,
    allowed: "a fraction between 0 and 1, for example 0.6",
  },
] as const;

/** Settings of Spark by name. One whose value is of another kind would fail every run. */
export const sparkSettings = z
  .record(
    text(/^spark(?:\.[\w-]+)+$/, "a setting of Spark, for example spark.executor.memory"),
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
