import type { ThreadWork } from '../assignments/thread-port.ts';
import { parseCsv } from '../csv/parse-csv.ts';
import { auditReport } from '../routing/audit/audit-report.ts';
import { auditSentences } from '../routing/audit/audit-sentences.ts';
import { collectOwnedLeads } from '../routing/audit/collect-owned-leads.ts';

/** How evenly the leads of a CSV text were shared, or which lines cannot be read. */
export const auditOf = ({
  text,
  columns,
  timezone,
}: ThreadWork['audit']['input']): ThreadWork['audit']['answer'] => {
  const parsed = parseCsv(text);
  if (!parsed.ok) return { ok: false, problems: [parsed] };
  const collecting = collectOwnedLeads(columns);
  for (const record of parsed.records) if (!collecting.take(record)) break;
  const collected = collecting.end();
  if (!collected.ok) return collected;
  const report = auditReport(collected, timezone, null);
  const none = { line: null, reason: `no row has both ${columns.owner} and ${columns.at}` };
  return report === null
    ? { ok: false, problems: [none] }
    : { ok: true, report, says: auditSentences(report) };
};
