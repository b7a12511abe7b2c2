import type { Json } from '../../routing/words/value-words.ts';
import { conflict, noSuchDraft, type PublishingParts } from './draft-parts.ts';
import { noSuchVersion } from './roll-back.ts';

/** A version's document by its number, a draft's by its id. Throws AppError `not_found` or `conflict`. */
export const documentOf = async (parts: PublishingParts, tenantId: string, named: string): Promise<Json> => {
  if (/^\d{1,9}$/.test(named)) {
    const version = await parts.policies.version(tenantId, Number(named));
    if (version === null) throw noSuchVersion(named);
    return version.document as Json;
  }
  const draft = await parts.drafts.find(tenantId, named);
  if (draft === null) throw noSuchDraft(named);
  const read = parts.texts.read(draft.source);
  if (!read.ok) throw conflict('The draft cannot be read: correct it first.');
  return read.document as Json;
};
