import type { Deed } from '../service/create-service.ts';

/** Unlike any other of this assignment. HubSpot's worker promises no `crypto`, and nothing here is a secret. */
const randomId = (): string => [Date.now(), Math.random(), Math.random()].map(base36).join('-');

const base36 = (value: number): string => value.toString(36).replace('0.', '');

/**
 * The id that makes a deed happen once. Until the service has answered, trying the very same again uses the very same
 * id: the first try may have arrived although its answer did not.
 */
export function createRequestIds(newId: () => string = randomId) {
  let open: { readonly what: string; readonly id: string } | null = null;
  return {
    of(assignment: string, deed: Deed): string {
      const what = JSON.stringify([assignment, deed]);
      if (open?.what !== what) open = { what, id: newId() };
      return open.id;
    },
    forget(): void {
      open = null;
    },
  };
}
