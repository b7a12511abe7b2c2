import { z } from 'zod';
import { MERGED_TO, OBJECT_TYPES, type ObjectType } from './facts.ts';

/**
 * What a push says, as the use cases know it. A push is a hint, trimmed to what its user may see: the record is read
 * again before anything is decided. `at` is epoch milliseconds; `dedupe` is the same for a repeated push.
 */
export type PipedriveEvent = { readonly dedupe: string } & (
  | { readonly kind: 'people_changed' }
  | ({ readonly objectType: ObjectType; readonly recordId: string } & (
      | { readonly kind: 'record_changed' }
      | { readonly kind: 'owner_changed'; readonly ownerId: string | null; readonly at: number }
      | { readonly kind: 'record_gone'; readonly mergedInto: string | null }
    ))
);

export type ParsedPush =
  | { readonly ok: true; readonly companyId: string; readonly events: readonly PipedriveEvent[] }
  | { readonly ok: false; readonly message: string };

/** Ids are text in `meta`, numbers elsewhere. */
const id = z.union([z.string().min(1), z.number()]).transform(String);
const row = z.looseObject({ owner_id: z.union([z.string(), z.number()]).transform(String).nullish() });

const push = z.object({
  meta: z.object({
    action: z.enum(['create', 'change', 'delete']),
    entity: z.string(),
    entity_id: id,
    id: z.string().min(1),
    company_id: id,
    user_id: id.nullish(),
    timestamp: z.string(),
    change_source: z.string().nullish(),
    [MERGED_TO]: id.nullish(),
  }),
  data: row.nullish(),
  previous: row.nullish(),
});
type Push = z.infer<typeof push>;

/** Who the connection is, to tell our own writes and what it takes in. */
export interface PushContext {
  /** The user who installed the app: our writes are theirs. null: not told. */
  readonly userId: string | null;
  readonly intake: readonly ObjectType[];
}

/** Parses the body of a push. Events of kinds we have no use for are none. */
export const parsePush = (body: unknown, context: PushContext): ParsedPush => {
  const parsed = push.safeParse(body);
  if (!parsed.success) return { ok: false, message: 'A Pipedrive push is one event of version 2.0.' };
  const { meta } = parsed.data;
  return { ok: true, companyId: meta.company_id, events: toEvents(parsed.data, context) };
};

const toEvents = (given: Push, context: PushContext): readonly PipedriveEvent[] => {
  const { meta } = given;
  const dedupe = (kind: string) => `pipedrive:${meta.id}:${kind}`;
  if (meta.entity === 'user') return [{ kind: 'people_changed', dedupe: dedupe('people_changed') }];
  const objectType = OBJECT_TYPES.find((name) => name === meta.entity);
  if (objectType === undefined) return [];
  const record = { objectType, recordId: meta.entity_id };
  const changed = (): PipedriveEvent => ({
    kind: 'record_changed',
    ...record,
    dedupe: dedupe('record_changed'),
  });
  const taken = context.intake.includes(objectType);
  switch (meta.action) {
    case 'create':
      return taken ? [changed()] : [];
    case 'change':
      return [
        ...ownerEvents(given, record, dedupe('owner_changed')),
        ...(taken && changesMore(given, context) ? [changed()] : []),
      ];
    case 'delete': {
      const mergedInto = meta[MERGED_TO] ?? null;
      // A lead that is gone may have become a deal: the look for it says which.
      if (objectType === 'lead' && mergedInto === null) return [changed()];
      return [{ kind: 'record_gone', ...record, mergedInto, dedupe: dedupe('record_gone') }];
    }
    default:
      return meta.action satisfies never;
  }
};

const ownerEvents = (
  { meta, data, previous }: Push,
  record: { readonly objectType: ObjectType; readonly recordId: string },
  dedupe: string,
): readonly PipedriveEvent[] => {
  if (previous?.owner_id === undefined || !data) return [];
  const at = Date.parse(meta.timestamp);
  return [{ kind: 'owner_changed', ...record, ownerId: data.owner_id ?? null, at, dedupe }];
};

/** Fields that change with any other. */
const ALONG = ['owner_id', 'update_time'];

/** Whether more than the owner changed, by somebody other than ourselves. */
const changesMore = ({ meta, previous }: Push, { userId }: PushContext): boolean => {
  const ours = meta.change_source === 'api' && meta.user_id === userId;
  return !ours && Object.keys(previous ?? {}).some((name) => !ALONG.includes(name));
};
