import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

/** Where people connect to, present only with a VPN: their profiles are made of it. */
export const accessFacts = stackFacts("access", {
  outputs: z.strictObject({
    vpn_endpoint_id: text.optional().describe("The Client VPN endpoint"),
    vpn_endpoint_dns_name: text
      .optional()
      .describe("Where VPN clients connect to; a name of their own goes before it"),
    vpn_server_certificate_arn: text.optional().describe("The server's certificate in ACM"),
  }),
});
