import { Metadata, status } from '@grpc/grpc-js';

/** A failure as the Pub/Sub API tells it: gRPC's status, and its own code in the trailer `error-code`. */
export class PubSubError extends Error {
  readonly code: status;
  readonly details: string;
  readonly metadata = new Metadata();

  constructor(code: status, errorCode: string, details: string) {
    super(details);
    this.code = code;
    this.details = `${details} rpcId: ${crypto.randomUUID()}`;
    this.metadata.set('error-code', `sfdc.platform.eventbus.grpc.${errorCode}`);
  }
}

export const unauthenticated = (): PubSubError =>
  new PubSubError(
    status.UNAUTHENTICATED,
    'service.auth.error',
    'An authentication exception occurred. Provide a valid access token.',
  );

export const corruptedReplayId = (): PubSubError =>
  new PubSubError(
    status.INVALID_ARGUMENT,
    'subscription.fetch.replayid.corrupted',
    'The Replay ID validation failed. Ensure that the Replay ID is valid.',
  );

export const invalid = (errorCode: string, details: string): PubSubError =>
  new PubSubError(status.INVALID_ARGUMENT, errorCode, details);

/** The org does not offer this: Change Data Capture is off for leads, or the edition has none. */
export const notOffered = (edition: boolean): PubSubError =>
  edition
    ? new PubSubError(
        status.PERMISSION_DENIED,
        'topic.permission.denied',
        'Change Data Capture is not available.',
      )
    : new PubSubError(status.NOT_FOUND, 'topic.not.found', 'The topic is not available.');
