/** A pattern's symbols: characters, and each `${…}` of Terraform or IAM as one that only equals itself. */
function symbols(text: string): string[] {
  return text.match(/\$?\$\{[^}]*\}|[\s\S]/g) ?? [];
}

/**
 * Whether everything that `other` stands for is something that `pattern` stands for: `s3:*` covers `s3:Get*`, and
 * `s3:Get*` covers `s3:GetObject`. `*` stands for any text and `?` for one character, in both.
 */
export function covers(pattern: string, other: string): boolean {
  if (pattern === "*" || pattern === other) return true;
  if (!/[*?]/.test(pattern)) return false;
  return matches(symbols(pattern), symbols(other));
}

/** A wildcard of `other` is a symbol like any other, which only a wildcard of the pattern's can stand for. */
function matches(pattern: readonly string[], other: readonly string[]): boolean {
  let reachable = new Set([0]);
  for (const symbol of pattern) {
    reachable = symbol === "*" ? from(Math.min(...reachable), other.length) : step(reachable, symbol, other);
    if (reachable.size === 0) return false;
  }
  return reachable.has(other.length);
}

function from(start: number, end: number): Set<number> {
  return new Set(Array.from({ length: end - start + 1 }, (_, offset) => start + offset));
}

function step(reachable: ReadonlySet<number>, symbol: string, other: readonly string[]): Set<number> {
  const next = [...reachable].filter((place) => {
    const there = other[place];
    return there !== undefined && (there === symbol || (symbol === "?" && there !== "*"));
  });
  return new Set(next.map((place) => place + 1));
}

/** Whether a pattern and another have something in common, as far as one of them covering the other tells. */
export function overlaps(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}
