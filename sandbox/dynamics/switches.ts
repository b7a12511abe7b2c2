import type { Switches, Toggle } from '../switches.ts';
import type { DynamicsSandbox } from './create-dynamics.ts';
import type { Environment } from './environment.ts';
import { personOf } from './seed.ts';

/** undefined: there is no environment yet. */
const first = (dynamics: DynamicsSandbox): Environment | undefined => dynamics.environments()[0];

const anyPerson = (dynamics: DynamicsSandbox): string | null => {
  const environment = first(dynamics);
  return (environment && personOf(environment)?.id) ?? null;
};

const togglesOf = (dynamics: DynamicsSandbox): readonly Toggle[] => [
  {
    name: 'assignmentRules',
    label: 'Assignment rules of Sales',
    hint: 'Soon after a lead was created, the environment’s own rule gives it to one person.',
    on: () => (first(dynamics)?.automation.assignmentRules.length ?? 0) > 0,
    set: (on) => {
      const ownerId = anyPerson(dynamics);
      if (ownerId !== null)
        dynamics.setAutomation({ assignmentRules: on ? [{ name: 'Everything to one', ownerId }] : [] });
    },
  },
  {
    name: 'keepsOwner',
    label: 'A plug-in keeps owners',
    hint: 'Whatever owner is written, a plug-in puts one person there in the same save.',
    on: () => (first(dynamics)?.automation.keepsOwner ?? null) !== null,
    set: (on) => {
      if (first(dynamics)) dynamics.setAutomation({ keepsOwner: on ? anyPerson(dynamics) : null });
    },
  },
  {
    name: 'solution',
    label: 'Fairlead’s columns',
    hint: 'Off: the columns for the reason are not there, and it goes into a note.',
    on: () => first(dynamics)?.installed.solution ?? false,
    set: (on) => {
      if (first(dynamics)) dynamics.setInstalled({ solution: on });
    },
  },
];

/** What a person can switch at the Dynamics 365 stand-in. */
export const dynamicsSwitches = (dynamics: DynamicsSandbox): Switches => ({
  faultKinds: [
    {
      fault: { kind: '429' },
      label: '429 Too many requests',
      hint: 'The service protection limit of 6000 requests in five minutes, with a Retry-After.',
    },
    { fault: { kind: '503' }, label: '503 Unavailable', hint: 'The environment is down for the moment.' },
    { fault: { kind: '500' }, label: '500 Error', hint: 'An unexpected error of Dataverse’s own.' },
    {
      fault: { kind: 'token_expired' },
      label: 'Token expired',
      hint: '401, although the token is young.',
    },
    {
      fault: { kind: 'row' },
      label: 'Refused rows',
      hint: 'A plug-in refuses single writes, in batches too.',
    },
  ],
  faults: dynamics.faults,
  pushes: dynamics.pushes.switches,
  toggles: togglesOf(dynamics),
  oneTimes: [
    {
      name: 'expire',
      label: 'Let the tokens expire',
      hint: 'The next call is answered with 401; a new token helps.',
      run: () => dynamics.entra.expireAll(),
    },
    {
      name: 'revoke',
      label: 'Remove the app',
      hint: 'Entra gives no more tokens, until an administrator agrees again.',
      run: () => {
        if (first(dynamics)) dynamics.revoke();
      },
    },
    {
      name: 'new-window',
      label: 'Start a new window',
      hint: 'The five minutes of the service protection limits begin anew.',
      run: () => {
        if (first(dynamics)) dynamics.limits().reset();
      },
    },
  ],
  counters: () => {
    const { requests, rateLimited, tokens, parts } = dynamics.stats();
    return [
      ['Requests', requests],
      ['Refused by limits', rateLimited],
      ['Operations, in batches too', Object.values(parts).reduce((sum, count) => sum + count, 0)],
      ['Tokens given', tokens],
      ['Pushes sent', dynamics.pushes.switches.counts().sent],
    ];
  },
  resetCounters: dynamics.resetStats,
});
