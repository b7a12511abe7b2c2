import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditLine } from '../../../server/assignments/audit/audit-log.ts';
import { type ApiError, getJson } from './client.ts';

interface AuditPage {
  readonly lines: readonly (AuditLine & { readonly words: string })[];
  readonly next: number | null;
  readonly actions: Readonly<Record<string, string>>;
}

/** Which lines are looked at; absent: all. */
export interface AuditQuery {
  readonly who?: string;
  readonly action?: string;
  readonly without?: string;
  readonly from?: string;
}

/** The same as an address says it. */
export const auditAddress = (path: string, query: AuditQuery): string =>
  `${path}?${new URLSearchParams(Object.entries(query))}`;

/** Who changed what, newest first, a page at a time. */
export const useAuditLog = (query: AuditQuery) =>
  useInfiniteQuery<AuditPage, ApiError, readonly AuditPage[], readonly unknown[], number | null>({
    queryKey: ['audit-log', query],
    queryFn: ({ pageParam }) => {
      const address = auditAddress('/api/v1/audit', query);
      return getJson<AuditPage>(`${address}&limit=50${pageParam === null ? '' : `&before=${pageParam}`}`);
    },
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages,
  });
