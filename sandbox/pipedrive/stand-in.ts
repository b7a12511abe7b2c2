import { pipedriveDesk } from '../desk/pipedrive/pipedrive-desk.ts';
import { openAccounts } from '../open-accounts.ts';
import type { StandIn, StandInDeps } from '../stand-in.ts';
import type { SeedCompany } from './company.ts';
import { createPipedriveControl } from './control-routes.ts';
import { createPipedrive, type PipedriveSandbox } from './create-pipedrive.ts';
import { keepPipedriveSaved } from './saved-state.ts';
import { pipedriveSwitches } from './switches.ts';

interface PipedriveStandInOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly companies: readonly SeedCompany[];
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
}

/** Pipedrive with these companies and what was saved of them. */
export const openPipedrive = async (
  { files, ...deps }: StandInDeps,
  { clientId, clientSecret, companies, arrive }: PipedriveStandInOptions,
): Promise<{ readonly pipedrive: PipedriveSandbox; readonly standIn: StandIn }> => {
  const pipedrive = createPipedrive({ ...deps, app: { clientId, clientSecret } });
  await openAccounts(companies, pipedrive.addCompany, { users: [] }, () =>
    keepPipedriveSaved(pipedrive, files),
  );
  return {
    pipedrive,
    standIn: {
      slug: 'pipedrive',
      name: 'Pipedrive',
      router: pipedrive.router,
      control: createPipedriveControl(pipedrive),
      desk: pipedriveDesk(pipedrive, arrive),
      switches: pipedriveSwitches(pipedrive),
      close: pipedrive.close,
    },
  };
};
