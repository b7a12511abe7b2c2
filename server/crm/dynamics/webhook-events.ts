import { z } from 'zod';
import { TAG } from './facts.ts';
import { isGuid } from './ids.ts';
import { ownerIdOf } from './owners.ts';

/**
 * What a push says, as the use cases know it. A push is a hint: the record is read again before anything is decided.
 * `at` is epoch milliseconds; `dedupe` is the same for a repeated push.
 */
export type DynamicsEvent = {
  readonly recordId: string;
  readonly dedupe: string;
} & (
  | { readonly kind: 'record_changed' }
  | { readonly kind: 'owner_changed'; readonly ownerId: string | null; readonly at: number }
  | { readonly kind: 'record_gone'; readonly mergedInto: string | null }
);

/** `organizationId` names the connection. */
export type ParsedPush =
  | { readonly ok: true; readonly organizationId: string; readonly events: readonly DynamicsEvent[] }
  | { readonly ok: false; readonly message: string };

const guid = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(isGuid, 'must be a GUID');

const pair = z.object({ key: z.string(), value: z.unknown() });

/** A RemoteExecutionContext. Over 256 KB it comes without its parameters. */
const context = z.object({
  MessageName: z.string(),
  PrimaryEntityName: z.string(),
  PrimaryEntityId: guid,
  OrganizationId: guid,
  OperationId: z.string(),
  OperationCreatedOn: z.string().optional(),
  Depth: z.number().default(1),
  InputParameters: z.array(pair).nullish(),
  SharedVariables: z.array(pair).nullish(),
});
type Context = z.infer<typeof context>;

const target = z.object({ Attributes: z.array(pair) });
const reference = z.object({ Id: z.string(), LogicalName: z.string() });

/** Parses the body of a push. Of messages and tables we have no use for there are no events, nor of our own writes. */
export const parsePush = (body: unknown): ParsedPush => {
  const parsed = context.safeParse(body);
  if (!parsed.success)
    return { ok: false, message: 'A push of Dataverse is a RemoteExecutionContext in JSON.' };
  const { OrganizationId: organizationId, PrimaryEntityName } = parsed.data;
  const events = PrimaryEntityName === 'lead' && !isOurs(parsed.data) ? eventsOf(parsed.data) : [];
  return { ok: true, organizationId, events };
};

/** The write itself, and not what the environment's own automation made of it. */
const isOurs = ({ MessageName, Depth, SharedVariables }: Context): boolean =>
  MessageName === 'Update' &&
  Depth === 1 &&
  (SharedVariables ?? []).some(({ key, value }) => key === 'tag' && value === TAG);

const eventsOf = (pushed: Context): readonly DynamicsEvent[] => {
  const { MessageName, OperationId, PrimaryEntityId: recordId } = pushed;
  const base = { recordId, dedupe: `dynamics:${OperationId}:${MessageName}:${recordId}` };
  switch (MessageName) {
    case 'Create':
      return [{ ...base, kind: 'record_changed' }];
    case 'Update':
      return updateEvents(base, pushed);
    case 'Delete':
      return [{ ...base, kind: 'record_gone', mergedInto: null }];
    case 'Merge':
      return mergeEvents(base, pushed);
    default:
      return [];
  }
};

type Base = Pick<DynamicsEvent, 'recordId' | 'dedupe'>;

const parameter = ({ InputParameters }: Context, name: string): unknown =>
  (InputParameters ?? []).find(({ key }) => key === name)?.value;

/** Columns every save writes. */
const ALWAYS: ReadonlySet<string> = new Set(['leadid', 'modifiedon', 'modifiedby', 'modifiedonbehalfby']);

const updateEvents = (base: Base, pushed: Context): readonly DynamicsEvent[] => {
  const attributes = target.safeParse(parameter(pushed, 'Target')).data?.Attributes;
  const owner = attributes?.find(({ key }) => key === 'ownerid');
  if (attributes === undefined || owner === undefined) return [{ ...base, kind: 'record_changed' }];
  const to = reference.safeParse(owner.value).data;
  const changed: DynamicsEvent = {
    ...base,
    kind: 'owner_changed',
    ownerId: to === undefined ? null : ownerIdOf(to.LogicalName, to.Id),
    at: instantOf(pushed.OperationCreatedOn),
  };
  const more = attributes.some(({ key }) => key !== 'ownerid' && !ALWAYS.has(key));
  return more ? [changed, { ...base, dedupe: `${base.dedupe}#`, kind: 'record_changed' }] : [changed];
};

const mergeEvents = (base: Base, pushed: Context): readonly DynamicsEvent[] => {
  const gone = guid.safeParse(parameter(pushed, 'SubordinateId')).data;
  const survivor: DynamicsEvent = { ...base, kind: 'record_changed' };
  if (gone === undefined) return [survivor];
  const dedupe = `${base.dedupe}#${gone}`;
  return [{ recordId: gone, dedupe, kind: 'record_gone', mergedInto: base.recordId }, survivor];
};

/** `/Date(1506409448000-0700)/`: milliseconds, whatever the zone. Not told: now is as good as any instant. */
const instantOf = (text: string | undefined): number =>
  Number(/\/Date\((-?\d+)/.exec(text ?? '')?.[1] ?? Number.NaN) || Date.now();
