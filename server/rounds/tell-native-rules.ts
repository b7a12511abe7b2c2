import type { LaneStore } from '../assignments/lane-store.ts';
import type { Alerts, ConnectionInfo } from '../assignments/ports.ts';
import type { Clock } from '../base/clock.ts';

interface TellParts {
  readonly store: Pick<LaneStore, 'nativeRules'>;
  readonly alerts: Pick<Alerts, 'open' | 'close'>;
  readonly clock: Clock;
}

const KIND = 'native_rule_fires';
/** A rule that gave nothing away for so long is off. Milliseconds. */
const QUIET_MS = 24 * 3_600_000;
/** Rules named one by one; of more only how many. */
const NAMED = 3;

/**
 * Tells an administrator of a CRM's own assignment rules that give away leads which are routed here: one alert for the
 * connection, which ends once none did for a day. `crm`: its name as people write it.
 */
export const tellNativeRules = async (
  { id, tenantId }: ConnectionInfo,
  crm: string,
  { store, alerts, clock }: TellParts,
): Promise<void> => {
  const subject = `native rules of ${id}`;
  const rules = await store.nativeRules(tenantId, { connectionId: id, after: clock.now() - QUIET_MS });
  if (rules.length === 0) return alerts.close(tenantId, KIND, subject);
  const leads = rules.reduce((sum, rule) => sum + rule.leads, 0);
  await alerts.open(tenantId, {
    kind: KIND,
    subject,
    detail: {
      rules: rules.map(({ rule }) => rule),
      leads,
      text: `${crm}’s own ${namesOf(rules.flatMap(({ rule }) => rule ?? []))} gave away ${leads === 1 ? 'a lead' : `${leads} leads`} that Fairlead had routed, within a day. Switch that off in ${crm} for the leads Fairlead routes, or leave those leads to it: take them out of the policy’s intake.`,
    },
  });
};

const namesOf = (names: readonly string[]): string => {
  const said = names.slice(0, NAMED).map((name) => `“${name}”`);
  const rest = names.length - said.length;
  if (said.length === 0) return 'assignment rules';
  const all = rest > 0 ? [...said, `${rest} more`] : said;
  return `assignment rule${all.length === 1 ? '' : 's'} ${all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`}`;
};
