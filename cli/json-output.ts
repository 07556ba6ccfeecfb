/**
 * Runs `work` with everything that it prints on standard error, and prints what it returns as JSON on standard output: a
 * script reads nothing else there. A failure prints no JSON unless `work` returned before.
 */
export async function printJson(work: () => Promise<unknown>): Promise<void> {
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  let value: unknown;
  try {
    value = await work();
  } finally {
    process.stdout.write = write;
  }
  console.log(JSON.stringify(value, null, 2));
}
