import type { DeliveryKind, NewDelivery } from '../../assignments/ports.ts';

/** What shows an answer, a clock or a Home to somebody who may be looking at it now. */
const AT_ONCE: readonly DeliveryKind[] = ['slack_refresh', 'slack_reminder', 'slack_home'];

/** Where a delivery stands in its connection's line; the lowest goes first, and of one number the oldest. */
export const priorityOf = ({
  kind,
  priority,
  urgent = false,
}: { kind: DeliveryKind } & Pick<NewDelivery, 'priority' | 'urgent'>): number => {
  if (AT_ONCE.includes(kind)) return -2;
  return (priority === 'live' ? 0 : 2) - (urgent ? 1 : 0);
};
