import { z } from 'zod';
import type { RecordCard, RecordStanding } from '../../assignments/views.ts';

const label = z.object({
  color: z.enum(['green', 'red', 'blue', 'yellow', 'purple', 'grey']),
  label: z.string(),
});

/**
 * The fields of the panel, as `embeds/pipedrive/panel-schema.json` declares them: Pipedrive shows nothing at all of a
 * panel with a field it was not told of.
 */
export const panelFields = z.strictObject({
  id: z.int(),
  header: z.string(),
  status: label.optional(),
  reason: z.string().optional(),
  rule: z.string().optional(),
  pool: z.string().optional(),
  decided: z.iso.datetime().optional(),
  lead: z
    .object({ label: z.string(), value: z.url({ protocol: /^https?$/ }), external: z.boolean() })
    .optional(),
  remedy: z.string().optional(),
});
type PanelFields = z.infer<typeof panelFields>;

/** Nothing is told of a record nobody decided about. */
export const panelReply = z.object({ data: z.union([panelFields, z.strictObject({})]) });

const STATUS: Readonly<Record<RecordStanding['state'], z.infer<typeof label>>> = {
  assigned: { color: 'green', label: 'Assigned' },
  offered: { color: 'yellow', label: 'Offered' },
  waiting: { color: 'yellow', label: 'Waiting' },
  in_queue: { color: 'purple', label: 'In a queue' },
  closed: { color: 'grey', label: 'Closed' },
};

/** A record card as the panel's fields; empty where nothing was decided. */
export const panelData = (
  { explanation, standing }: RecordCard,
  id: number,
): PanelFields | Record<string, never> => {
  if (explanation === null) return {};
  const { reason, rule, pool, decidedAt, person } = explanation;
  return {
    id,
    header: standing?.headline ?? reason.split('\n')[0] ?? '',
    ...(standing && { status: STATUS[standing.state] }),
    reason,
    ...(rule && { rule: rule.name }),
    ...(pool && { pool: pool.name }),
    decided: decidedAt,
    ...(isWebPage(person?.url) && {
      lead: { label: person?.name || 'Lead', value: person.url, external: true },
    }),
    ...(standing?.remedy && { remedy: standing.remedy }),
  };
};

/** Pipedrive makes a link of whatever it is given. */
const isWebPage = (url: string | null | undefined): url is string =>
  /^https?:$/.test(URL.parse(url ?? '')?.protocol ?? '');
