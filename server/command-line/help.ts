/** What the command says of itself. */
export const HELP = `Fairlead on the command line

  npm run -s fairlead -- route --policy FILE --leads FILE [--at INSTANT] [--explain] [--json]
  npm run -s fairlead -- check --policy FILE [--reps FILE] [--volume N] [--leads FILE] [--json | --format github]
  npm run -s fairlead -- simulate --policy FILE [--against FILE] --leads FILE [--json]
  npm run -s fairlead -- audit --leads FILE --owner-column NAME [--json]
  npm run -s fairlead -- replay [--url ADDRESS] [--key KEY] [--json]
  npm run -s fairlead -- owner-link [--workspace ID] [--url ADDRESS]
  npm run -s fairlead -- reseal [--forget]
  npm run -s fairlead -- tenant export --out FILE [--url ADDRESS] [--key KEY]
  npm run -s fairlead -- tenant delete --name NAME [--at-once] [--url ADDRESS] [--key KEY]

route decides every lead of a file by a policy, in the file's order. Nothing is sent or stored.
No time passes: no SLA clock runs, no offer runs out, no lead that waits is looked at again.

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

simulate tries a policy on leads of the past: who gets how much, who waits, how soon, how fairly.
It takes --policy, --leads and --at as route does, and

  --against FILE        another policy: who gains, who loses
  --owner-column NAME   the column that says who really had a lead: who gains, who loses
  --reps FILE           reps in place of the policies' own, a list as under reps
  --handling DURATION   how long a rep works on a lead, such as PT2H, before it is closed;
                        a closed_at in the file goes before it; without either nothing is closed
  --within MINUTES      limits to tell speed by; without it, 5,60
  --json                the whole result as one line of JSON

audit tells how unevenly leads of the past went to their owners, before anything is installed.

  --leads FILE          the leads, CSV, with any columns
  --owner-column NAME   the column that says who had a lead
  --at-column NAME      when it came, an instant or a day; without it, arrived_at
  --timezone ZONE       the zone to tell hours in, such as America/New_York; without it, UTC
  --reps FILE           reps with their hours, a list as under a policy's reps: how many leads
                        went to somebody who was not at work
  --json                the whole result as one line of JSON

replay has a running service decide all its stored decisions again, and lists those that come
out otherwise.

  --url ADDRESS         the service; without it, http://localhost:3000
  --key KEY             an API key; without it, what FAIRLEAD_API_KEY says
  --json                one decision a line

owner-link prints an address that makes whoever opens it an owner of the workspace: once, within
an hour. Run it with the settings of the service, whose keys prove it.

  --workspace ID        the workspace, where there are several
  --url ADDRESS         where browsers reach the service; without it, as its settings say

reseal seals all secrets in the service's database with the first key of FAIRLEAD_KEYS, while the
service runs or not; it reads the service's own settings (DATABASE_URL, DATA_DIR, FAIRLEAD_KEYS).
The embedded database has one process at a time: stop the service first.

  --forget   gives up what no key opens; those accounts have to be connected again

tenant export writes everything of the key's workspace to a file, as lines of JSON; tenant delete
ends it: nothing is decided or sent any more, and after seven days every row is gone. Both take
--url and --key as replay does; the key must be an owner's.

  --out FILE            where to write the export; the file must not be there yet
  --name NAME           the workspace's name, typed again
  --at-once             without the seven days: it cannot be taken back

Ends with 0 when done, 1 when check found an error, a decision comes out otherwise or a secret cannot be opened, and 2 when something given cannot be worked with.`;
