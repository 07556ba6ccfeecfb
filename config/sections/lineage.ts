import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import { contains, parseCidr } from "../../base/cidr";
import { refined, text } from "../schema/fields";

/** Addresses of no machine, of Airflow's own, and of the link. Source: RFC 6890, tables 1, 2, 4 and 6. */
const elsewhere = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(parseCidr);

/** Source: RFC 1035, 2.3.4; RFC 952 for the hyphens. */
const label = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;

/** Whether a server can be reached under a URL of scheme, host and port alone. */
function isServer(url: string): boolean {
  const [, host = "", port = "1"] =
    /^https?:\/\/([^/?#@:]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/.exec(url) ?? [];
  return Number(port) > 0 && Number(port) <= 65_535 && (isAddress(host) || isName(host));
}

function isAddress(host: string): boolean {
  const six = host.startsWith("[") ? host.slice(1, -1).toLowerCase() : "";
  if (six !== "") return isIPv6(six) && !/^(?:::1?|f[ef].*)$/.test(six);
  const address = isIPv4(host) ? parseCidr(`${host}/32`) : undefined;
  return address !== undefined && !elsewhere.some((range) => range !== undefined && contains(range, address));
}

/** A name of a machine, and not of Airflow's own; four numbers that are no address are no name either. */
function isName(host: string): boolean {
  const labels = host.split(".");
  const isNumber = /^\d+$/.test(labels.at(-1) ?? "");
  return host.length <= 253 && !isNumber && host !== "localhost" && labels.every((one) => label.test(one));
}

/**
 * Where Airflow sends OpenLineage events; what authenticates there would be in the state, so nothing does.
 * Source: apache-airflow-providers-openlineage, "Using OpenLineage integration", transport setup.
 */
export const lineageSchema = z.strictObject({
  url: refined(
    z.string(),
    isServer,
    "is no address that Airflow can reach",
    "a server's address without a path, for example https://lineage.example.com",
  ).describe(
    "Server that takes OpenLineage events, Marquez for instance; Airflow's subnets have to reach it.",
  ),
  endpoint: text(/^[\w-]+(?:[/.][\w-]+)*$/, "a path without a slash at either end")
    .default("api/v1/lineage")
    .describe("Path of the server's API."),
});
