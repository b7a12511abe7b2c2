import type { UseCases } from '../assignments/use-cases.ts';
import type { LiveFeed } from '../http/live-feed.ts';
import type { Metrics } from '../http/metrics.ts';

/** Use cases that also tell the metrics what was decided, and the live page of what the lane does not tell itself. */
export const observeUseCases = (
  useCases: UseCases,
  { live, metrics }: { readonly live: LiveFeed; readonly metrics: Metrics },
): UseCases => ({
  ...useCases,
  decideLead: async (command) => {
    const began = performance.now();
    const reply = await useCases.decideLead(command);
    const outcome = reply.ok ? reply.decision.outcome : reply.code;
    metrics.decided(command.source, outcome, (performance.now() - began) / 1_000);
    return reply;
  },
  setMode: (command) => useCases.setMode(command).finally(() => live.notify(command.tenantId)),
  setAway: (command) => useCases.setAway(command).finally(() => live.notify(command.tenantId)),
  setPaused: (command) => useCases.setPaused(command).finally(() => live.notify(command.tenantId)),
});
