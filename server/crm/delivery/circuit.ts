import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleType,
} from 'cockatiel';
import type { DeliveryResult } from '../../assignments/ports.ts';
import { vendorIsDown } from './failures.ts';
import type { DeliveryOptions } from './options.ts';

/** Carries the results of a batch that failed as a whole through the breaker, which counts errors. */
class VendorDown extends Error {
  readonly results: readonly DeliveryResult[];
  constructor(results: readonly DeliveryResult[]) {
    super('The vendor does not answer.');
    this.results = results;
  }
}

/** Lets batches through until several in a row fail; then lets one through per rest until it succeeds. */
export const createCircuit = ({ failures, restMs }: DeliveryOptions['circuit']) => {
  const breaker: CircuitBreakerPolicy = circuitBreaker(handleType(VendorDown), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failures),
  });
  return {
    /** The batch's results; null: the circuit is open and nothing was sent. */
    run: async (
      send: () => Promise<readonly DeliveryResult[]>,
    ): Promise<readonly DeliveryResult[] | null> => {
      try {
        return await breaker.execute(async () => {
          const results = await send();
          if (vendorIsDown(results)) throw new VendorDown(results);
          return results;
        });
      } catch (error) {
        if (error instanceof VendorDown) return error.results;
        if (error instanceof BrokenCircuitError) return null;
        throw error;
      }
    },
  };
};

export type Circuit = ReturnType<typeof createCircuit>;
