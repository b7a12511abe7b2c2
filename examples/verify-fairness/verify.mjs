/**
 * Adds up a pool's ledger again, with no database and nothing of Fairlead's, and says whether the pool's fairness
 * statement agrees: `node verify.mjs entries.csv fairness.json [earlier-fairness.json]`. How to get the files, and
 * what each check means: docs/fairness.md. Ends with 0 when all agrees, 1 when something does not, 2 when a file
 * cannot be read. Any Node.js will do.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const LEAD = 1_000_000n;
const COLUMNS = ['seq', 'at', 'kind', 'decision', 'rep', 'owed', 'charged', 'banked', 'released'];

/** The cells of a CSV text, quotes and all. */
const parseCsv = (text) => {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g;
  for (
    let match = cell.exec(text);
    match !== null && cell.lastIndex <= text.length;
    match = cell.exec(text)
  ) {
    const [all, written, end] = match;
    rows.at(-1).push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written);
    if (end !== ',') rows.push([]);
    if (all === '' || cell.lastIndex === text.length) break;
  }
  return rows.filter((row) => row.length > 1 || row[0]);
};

/** The ledger's entries: each with its lines, one for each rep it touches. */
const readEntries = (text) => {
  const [head, ...rows] = parseCsv(text);
  if (head?.join() !== COLUMNS.join()) throw new Error(`the first line must be ${COLUMNS.join()}`);
  const entries = [];
  for (const cells of rows) {
    const [seq, at, kind, , rep, owed, charged, banked, released] = cells;
    if (entries.at(-1)?.seq !== seq) entries.push({ seq, at, kind, lines: [] });
    const amounts = {
      owed: BigInt(owed),
      charged: BigInt(charged),
      banked: BigInt(banked),
      released: BigInt(released),
    };
    entries.at(-1).lines.push({ rep, cells, ...amounts });
  }
  return entries;
};

const sum = (lines, key) => lines.reduce((total, line) => total + line[key], 0n);
const abs = (amount) => (amount < 0n ? -amount : amount);

/** One lead, owed by shares and charged whole to one of those it was owed to; nothing banked or released. */
const isTurn = (lines) => {
  const taker = lines.filter(({ charged }) => charged !== 0n);
  return (
    lines.every(({ owed, banked, released }) => owed >= 0n && banked === 0n && released === 0n) &&
    sum(lines, 'owed') === LEAD &&
    taker.length === 1 &&
    taker[0].charged === LEAD &&
    taker[0].owed > 0n
  );
};

/** The rule of docs/fairness.md, in whole numbers: below zero when `a` is owed the lead more urgently than `b`. */
const compareUrgency = (a, b, eligible) => {
  const scale = BigInt(Math.max(2 * eligible - 2, 1));
  const limit = LEAD * (scale - 1n);
  const rank = ({ lag, share }) => (lag * scale > limit ? 0 : lag * scale >= LEAD && share > 0n ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const difference =
    rank(a) === 1 ? (limit - a.lag * scale) * b.share - (limit - b.lag * scale) * a.share : b.lag - a.lag;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The same members with the same shares, but for the millionth that rounding moves about. */
const sameShares = (first, shares) =>
  [...shares].every(([rep, share]) => abs(share - (first.get(rep) ?? 0n)) <= 1n) &&
  [...first].every(([rep, share]) => share <= 1n || shares.has(rep));

/** Adds the entries up. What is wrong with an entry by itself is said at once. */
export const addUp = (entries) => {
  const members = new Map();
  const found = { entries: 0, turns: 0, changed: 0, against: 0, digest: `sha256:${'0'.repeat(64)}` };
  const problems = [];
  const digests = [found.digest];
  let first = null;
  let before = -1n;
  for (const { seq, at, lines } of entries) {
    if (BigInt(seq) <= before)
      problems.push(`entry ${seq} comes after entry ${before}: the order was changed`);
    before = BigInt(seq);
    for (const key of ['banked', 'released'])
      if (sum(lines, key) !== 0n) problems.push(`entry ${seq}: ${key} does not sum to zero`);
    if (sum(lines, 'owed') !== sum(lines, 'charged'))
      problems.push(`entry ${seq}: what is owed is not what is charged`);
    for (const { rep } of lines)
      if (!members.has(rep))
        members.set(rep, { owed: 0n, received: 0n, lag: 0n, banked: 0n, worstLag: 0n, worstAt: null });
    if (isTurn(lines)) {
      found.turns++;
      const eligible = lines.filter(({ owed }) => owed > 0n);
      const shares = new Map(eligible.map(({ rep, owed }) => [rep, owed]));
      first ??= shares;
      if (!sameShares(first, shares)) found.changed++;
      const standing = ({ rep, owed }) => ({ lag: members.get(rep).lag + owed, share: owed });
      const taker = standing(lines.find(({ charged }) => charged !== 0n));
      if (eligible.some((one) => compareUrgency(standing(one), taker, eligible.length) < 0)) found.against++;
    }
    for (const { rep, owed, charged, banked, released } of lines) {
      const member = members.get(rep);
      member.owed += owed;
      member.received += charged;
      member.lag += owed - banked - charged + released;
      member.banked += banked - released;
      if (abs(member.lag) > member.worstLag)
        Object.assign(member, { worstLag: abs(member.lag), worstAt: at });
    }
    found.entries++;
    const chained = [found.digest, ...lines.map(({ cells }) => cells.join('\t'))].join('\n');
    found.digest = `sha256:${createHash('sha256').update(chained).digest('hex')}`;
    digests.push(found.digest);
  }
  return { ...found, digests, members, problems, bound: boundOf(found) };
};

/** A bound is proven only where every entry is a turn, by the rule, among the same members with the same shares. */
const boundOf = ({ entries, turns, changed, against }) =>
  turns > 0 && entries === turns && changed === 0 && against === 0 ? LEAD : null;

/** What of a statement does not agree with the entries; nothing: all agrees. */
export const disagreements = (csv, statement, earlier = null) => {
  const found = addUp(readEntries(csv));
  const problems = [...found.problems];
  const check = (what, ours, theirs) => {
    if (String(ours) !== String(theirs))
      problems.push(`${what}: the entries say ${ours}, the statement says ${theirs}`);
  };
  for (const key of ['entries', 'turns', 'digest', 'bound']) check(key, found[key], statement[key]);
  const worst = [...found.members.values()].reduce(
    (most, { worstLag }) => (worstLag > most ? worstLag : most),
    0n,
  );
  check('worstLag', worst, statement.worstLag);
  const stated = new Map(statement.members.map((member) => [member.rep.id, member]));
  for (const rep of new Set([...found.members.keys(), ...stated.keys()]))
    for (const key of ['owed', 'received', 'lag', 'banked', 'worstLag', 'worstAt'])
      check(`${rep}, ${key}`, found.members.get(rep)?.[key], stated.get(rep)?.[key]);
  if (found.bound !== null && worst >= found.bound)
    problems.push(`the bound is broken: somebody was ${worst} away`);
  if (earlier !== null && found.digests[earlier.entries] !== earlier.digest)
    problems.push(
      `the first ${earlier.entries} entries are not those of the earlier statement: the past was changed`,
    );
  return { problems, found };
};

const leads = (amount) => (Number(amount) / 1_000_000).toFixed(2);

const main = ([entriesFile, statementFile, earlierFile]) => {
  if (!entriesFile || !statementFile) {
    console.error('node verify.mjs entries.csv fairness.json [earlier-fairness.json]');
    return 2;
  }
  const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const earlier = earlierFile ? json(earlierFile) : null;
  const { problems, found } = disagreements(readFileSync(entriesFile, 'utf8'), json(statementFile), earlier);
  for (const [rep, { owed, received, lag, worstLag }] of found.members)
    console.log(
      `${rep}: owed ${leads(owed)}, received ${leads(received)}, lag ${leads(lag)}, worst ${leads(worstLag)}`,
    );
  for (const problem of problems) console.log(`DISAGREES: ${problem}`);
  const bound =
    found.bound === null
      ? 'no bound is proven; the worst lag is what was seen'
      : 'proven to stay below 1 lead';
  if (problems.length === 0) console.log(`AGREES: ${found.entries} entries, ${found.turns} turns; ${bound}.`);
  return problems.length === 0 ? 0 : 1;
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
