import type { LaneSettings } from './directory-ports.ts';
import type { Jobs } from './ports.ts';
import type { UseCases } from './use-cases.ts';

export interface SetModeParts {
  readonly settings: LaneSettings;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly now: () => number;
}

/** `log_only`: decisions are made and shown, and nothing is written to a CRM or sent to a rep. */
export const setMode =
  ({ settings }: SetModeParts): UseCases['setMode'] =>
  ({ tenantId, mode }) =>
    settings.change(tenantId, { mode });

/** While paused no lead is decided; at the end of the pause the waiting ones are. */
export const setPaused =
  ({ settings, jobs, now }: SetModeParts): UseCases['setPaused'] =>
  async ({ tenantId, paused }) => {
    await settings.change(tenantId, { paused });
    if (!paused) await jobs.wakeTenant(tenantId, now());
  };
