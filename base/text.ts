/** Returns a count with its noun: `1 file`, `2,000 files`. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : several}`;
}
