interface App {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What is made of a vendor's app; nothing where none is set up. */
export const withApp = <T>(
  { clientId, clientSecret }: { readonly [Name in keyof App]: string | null },
  make: (app: App) => T,
): readonly T[] => (clientId && clientSecret ? [make({ clientId, clientSecret })] : []);
