/** The command line: `npm run -s fairlead -- route …`. Exit codes: docs/command-line.md. */
import { runCommand } from './command-line/run-command.ts';

// Whoever reads only the first lines (`| head`) closes the pipe: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  now: Date.now,
});
