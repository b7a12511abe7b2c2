import { useMutation } from '@tanstack/react-query';
import type { LeadsAudit } from '../../../server/assignments/audit-leads.ts';
import { type ApiError, postText } from './client.ts';

/** A file to be measured, and which of its columns say who and when. */
export interface FileToAudit {
  readonly text: string;
  readonly owner: string;
  readonly at: string;
}

/** Measures a file of leads. Nothing of it is kept. */
export const useAudit = () =>
  useMutation<LeadsAudit, ApiError, FileToAudit>({
    mutationFn: ({ text, owner, at }) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const query = new URLSearchParams({ owner, at, timezone: timeZone });
      return postText<LeadsAudit>(`/api/v1/leads/audit?${query}`, 'text/csv', text);
    },
  });
