import { dynamicsDesk } from '../desk/dynamics/dynamics-desk.ts';
import { openAccounts } from '../open-accounts.ts';
import { returnAddresses } from '../open-id/return-addresses.ts';
import type { StandIn, StandInDeps } from '../stand-in.ts';
import type { SeedEnvironment } from './company.ts';
import { createDynamicsControl } from './control-routes.ts';
import { createDynamics, type DynamicsSandbox } from './create-dynamics.ts';
import { keepDynamicsSaved } from './saved-state.ts';
import { dynamicsSwitches } from './switches.ts';

interface DynamicsSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environments: readonly SeedEnvironment[];
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
  /** Where a lead's panel is shown for a person; null: none. */
  readonly cardUrl: (id: string, as: string) => string | null;
}

/** Opens the Dynamics 365 stand-in with what was saved of it. */
export const openDynamics = async (
  { scheduler, random, target, files, baseUrl }: StandInDeps,
  { clientId, clientSecret, environments, arrive, cardUrl }: DynamicsSettings,
): Promise<{ readonly dynamics: DynamicsSandbox; readonly standIn: StandIn }> => {
  const dynamics = createDynamics({
    app: {
      clientId,
      clientSecret,
      mayReturnTo: returnAddresses(target, '/oauth/dynamics/callback', '/oauth/microsoft/signed-in'),
    },
    baseUrl,
    scheduler,
    random,
  });
  await openAccounts(environments, dynamics.addEnvironment, { users: [], teams: [], campaigns: [] }, () =>
    keepDynamicsSaved(dynamics, files),
  );
  return {
    dynamics,
    standIn: {
      slug: 'dynamics',
      name: 'Dynamics 365',
      router: dynamics.router,
      control: createDynamicsControl(dynamics),
      desk: dynamicsDesk(dynamics, { arrive, cardUrl }),
      switches: dynamicsSwitches(dynamics),
      close: dynamics.close,
    },
  };
};
