const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

/** The text of markup, as a reader sees it. */
export function textOf(markup: string): string {
  return markup
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&([a-z]+|#39);/g, (_, name) => entities[name] ?? `&${name};`)
    .replace(/\s+/g, " ")
    .trim();
}

/** Every piece that a pattern with one group finds, decoded. */
export function allOf(markup: string, pattern: RegExp): readonly string[] {
  return [...markup.matchAll(pattern)].map((match) => textOf(match[1] ?? ""));
}

/** The tables of a caption: each as rows of cells, the heading first. */
export function tablesOf(markup: string, caption: string): readonly (readonly (readonly string[])[])[] {
  return [...markup.matchAll(/<table>[\s\S]*?<\/table>/g)]
    .map(([table]) => table)
    .filter((table) => allOf(table, /<caption[^>]*>([\s\S]*?)<\/caption>/g)[0] === caption)
    .map((table) => [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map((row) => cellsOf(row[1] ?? "")));
}

function cellsOf(row: string): readonly string[] {
  return allOf(row, /<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g);
}

/** The one table of a caption. */
export function tableOf(markup: string, caption: string): readonly (readonly string[])[] {
  const tables = tablesOf(markup, caption);
  expect(tables).toHaveLength(1);
  return tables[0] ?? [];
}

/** What the marks of the plots say where the pointer rests, in the order drawn. */
export function hintsOf(markup: string): readonly string[] {
  return allOf(markup, /<(?:path|line)[^>]*><title>([\s\S]*?)<\/title>/g);
}

/** The inline drawings of a page. */
export function plotsOf(markup: string): readonly string[] {
  return [...markup.matchAll(/<svg[\s\S]*?<\/svg>/g)].map(([svg]) => svg);
}
