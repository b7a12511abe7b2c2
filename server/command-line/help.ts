/** What the command says of itself. */
export const HELP = `Fairlead on the command line

  npm run -s fairlead -- route --policy FILE --leads FILE [--at INSTANT] [--explain] [--json]
  npm run -s fairlead -- check --policy FILE [--reps FILE] [--volume N] [--leads FILE] [--json | --format github]

route decides every lead of a file by a policy, in the file's order. Nothing is sent or stored.

  --policy FILE   the policy, YAML or JSON, with its reps under reps
  --leads FILE    the leads, CSV: a column for each field the policy declares,
                  and id and arrived_at where they are known
  --at INSTANT    when leads without arrived_at arrive, such as 2026-11-24T15:00:00Z;
                  without it, now
  --explain       why each rule matched or not
  --json          one decision a line instead of a summary

check proves what is wrong with a policy, each time with a lead that shows it, and runs its tests.

  --policy FILE     the policy
  --reps FILE       the reps, where the policy does not list them
  --volume N        whether the caps of all reps can take so many leads a month
  --leads FILE      whether the caps can take these leads
  --json            one finding a line
  --format github   annotations of the policy's lines, for GitHub Actions

  --help          this text

Ends with 0 when done, 1 when check found an error, and 2 when something given cannot be worked with.`;
