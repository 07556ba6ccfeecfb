/** How a review can be written. */
export const formats = ["text", "markdown", "json", "html"] as const;
export type Format = (typeof formats)[number];
