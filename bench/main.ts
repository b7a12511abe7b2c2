import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What each `bench/<name>/main.ts` exports. */
interface Bench {
  /** Runs the benchmark and prints what it measured. `args` are the words after its name. */
  readonly run: (args: readonly string[]) => Promise<void>;
}

const folderOf = (name: string): string => join(import.meta.dirname, name, 'main.ts');

const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(folderOf(entry.name)))
  .map((entry) => entry.name)
  .sort();

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  const bench: Bench = await import(folderOf(name));
  await bench.run(args);
}
