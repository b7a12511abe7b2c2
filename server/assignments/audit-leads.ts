import { AppError } from '../base/app-error.ts';
import type { AuditReport } from '../routing/audit/audit-report.ts';
import type { RunInThread, ThreadWork } from './thread-port.ts';

/** How evenly a file's leads were shared, with what that says in sentences. */
export type LeadsAudit = AuditReport & { readonly says: readonly string[] };

/** Measures a file of leads and keeps nothing of it. Throws AppError `invalid_csv` with the lines at fault. */
export const auditLeadsFile =
  (run: RunInThread) =>
  async (input: ThreadWork['audit']['input'], signal?: AbortSignal): Promise<LeadsAudit> => {
    const answer = await run('audit', input, { signal });
    if (answer.ok) return { ...answer.report, says: answer.says };
    throw new AppError('invalid_csv', 'The file cannot be read. Correct what is named and send it again.', {
      status: 422,
      problems: answer.problems.map(({ line, reason }) => ({
        field: line === null ? '' : `/line/${line}`,
        message: reason,
      })),
    });
  };
