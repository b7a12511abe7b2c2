/** The command line: `npm run -s fairlead -- route …`. Exit codes: docs/command-line.md. */
import type { Reseal } from './command-line/reseal.ts';
import { runCommand } from './command-line/run-command.ts';

// Whoever reads only the first lines (`| head`) closes the pipe: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** Loaded only where it is asked for: no other command opens the database. */
const reseal: Reseal = async (asked) => {
  const { resealStored } = await import('./compose/reseal-stored.ts');
  return resealStored({ ...asked, env: process.env });
};

process.exitCode = await runCommand(
  process.argv.slice(2),
  { out: process.stdout, err: process.stderr, now: Date.now },
  reseal,
);
