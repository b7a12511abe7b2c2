import type { UseCases } from '../assignments/use-cases.ts';
import type { LiveFeed } from '../http/live-feed.ts';
import type { Metrics } from '../http/metrics.ts';

/** Use cases that also tell the live page of what they committed, and the metrics of what they decided. */
export const observeUseCases = (
  useCases: UseCases,
  { live, metrics }: { readonly live: LiveFeed; readonly metrics: Metrics },
): UseCases => {
  const telling =
    <C extends { readonly tenantId: string }, R>(work: (command: C) => Promise<R>) =>
    async (command: C): Promise<R> => {
      try {
        return await work(command);
      } finally {
        live.notify(command.tenantId);
      }
    };
  return {
    decideLead: async (command) => {
      const began = performance.now();
      const reply = await useCases.decideLead(command);
      metrics.decided(
        command.source,
        reply.ok ? reply.decision.outcome : reply.code,
        (performance.now() - began) / 1_000,
      );
      live.notify(command.tenantId);
      return reply;
    },
    claim: telling(useCases.claim),
    decline: telling(useCases.decline),
    ownerChangedOutside: telling(useCases.ownerChangedOutside),
    recordChanged: telling(useCases.recordChanged),
    recordGone: telling(useCases.recordGone),
    eraseLead: telling(useCases.eraseLead),
    recountOpenWork: telling(useCases.recountOpenWork),
    sweep: (tenantId) => useCases.sweep(tenantId).finally(() => live.notify(tenantId)),
    setMode: telling(useCases.setMode),
    setPaused: telling(useCases.setPaused),
    publishPolicy: telling(useCases.publishPolicy),
    putReps: telling(useCases.putReps),
  };
};
