import type { ConnectionInfo, Delivery, DeliveryResult } from '../../server/assignments/ports.ts';
import type { SlackHomes } from '../../server/assignments/slack-ports.ts';
import { failureResult } from './delivery-result.ts';
import { drawHome, type HomeParts } from './draw-home.ts';

type HomeDelivery = Extract<Delivery, { kind: 'slack_home' }>;

/** A limit on Homes is theirs alone: under this code it holds up no cards. */
const LATER = 'home_later';
/** How often one waits; then it is left to the next change, or the next opening. */
const MOST_WAITS = 4;

const skipped = (why: string): DeliveryResult => ({ outcome: 'done', detail: { skipped: why } });

/** Draws a rep's Home again. One that Slack refuses is not drawn any more until it is opened again. */
export const publishHome = async (
  parts: HomeParts & { readonly homes: SlackHomes },
  connection: ConnectionInfo,
  delivery: HomeDelivery,
): Promise<DeliveryResult> => {
  try {
    await drawHome(parts, connection, delivery.body);
    return { outcome: 'done' };
  } catch (error) {
    const result = failureResult(error);
    if (result.outcome === 'retry' && result.code === 'rate_limited')
      return delivery.failures < MOST_WAITS ? { ...result, code: LATER } : skipped(result.code);
    if (result.outcome !== 'refused') return result;
    const { repId } = delivery.body;
    await parts.homes.forget({ tenantId: connection.tenantId, repId, connectionId: connection.id });
    return skipped(result.code);
  }
};
