import type { ProvePolicy } from './prove-policy.ts';
import type { DocumentParts } from './publishing/read-document.ts';
import { readDraft } from './read-draft.ts';
import type { UseCases } from './use-cases.ts';

/** What can be proven of a draft with the directory of reps; nothing is stored. */
export const checkPolicy =
  (parts: DocumentParts, prove: ProvePolicy): UseCases['checkPolicy'] =>
  async ({ tenantId, document, volume, signal }) => {
    const { resolved, reps } = await readDraft(parts, tenantId, document, 'checked');
    return { findings: await prove(resolved, reps, { volume, signal }) };
  };
