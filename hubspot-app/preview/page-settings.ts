/** What HubSpot would tell the card, and where its requests go instead of to HubSpot's proxy. */
export interface PageSettings {
  /** Requests keep their path and query and go here, as a base URL without a trailing slash. */
  readonly fetchUrl: string;
  readonly objectTypeId: string;
  readonly objectId: number;
  readonly portalId: number;
  readonly user: {
    readonly id: number;
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly locale?: string;
  };
}
