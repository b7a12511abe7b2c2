import type { Deed } from '../service/create-service.ts';

/**
 * The id that makes a deed happen once. Until the service has answered, trying the very same again uses the very same
 * id: the first try may have arrived although its answer did not.
 */
export function createRequestIds(newId: () => string = () => crypto.randomUUID()) {
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
