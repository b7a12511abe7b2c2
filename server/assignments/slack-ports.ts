/** Where what Fairlead wrote stands in Slack, so that it can be redrawn or taken away. Implemented in `storage/slack-store`. */

/** Which card: at most one per rep and assignment is kept up to date. */
export interface CardKey {
  readonly tenantId: string;
  readonly assignmentId: string;
  readonly repId: string;
}

/** A card as it stands in Slack. `channel` and `ts` are null while a post is under way or its outcome is unknown. */
export interface StoredCard extends CardKey {
  readonly connectionId: string;
  /** The delivery that posted it, or is about to. */
  readonly deliveryId: string;
  readonly channel: string | null;
  readonly ts: string | null;
  /** The assignment version last drawn. */
  readonly version: number;
  /** Where the reminder of its offer stands, in the same channel; null: there is none, or it is gone. */
  readonly reminderTs: string | null;
}

/** Where the cards stand, so that each can be redrawn. Implemented in `storage/slack-store`. */
export interface SlackMessages {
  readonly find: (key: CardKey) => Promise<StoredCard | null>;
  readonly list: (tenantId: string, assignmentId: string) => Promise<readonly StoredCard[]>;
  /** Records the intent to post before the call is made; forgets an earlier card of the same key. */
  readonly begin: (
    intent: CardKey & { readonly connectionId: string; readonly deliveryId: string },
  ) => Promise<void>;
  readonly posted: (
    key: CardKey,
    at: { readonly channel: string; readonly ts: string; readonly version: number },
  ) => Promise<void>;
  /** Raises the drawn version; false when a newer one stands, which must not be drawn over. */
  readonly raise: (key: CardKey, version: number) => Promise<boolean>;
  /** Forgets a card that Slack no longer has. */
  readonly drop: (key: CardKey) => Promise<void>;
  readonly reminders: SlackReminders;
  readonly notices: SlackNotices;
}

/** Reminders beside cards: at most one for each card, and never one more when it is unknown whether it was posted. */
export interface SlackReminders {
  /** Records the intent to post one; false: one was posted, or may have been. */
  readonly begin: (key: CardKey, deliveryId: string) => Promise<boolean>;
  /** Slack certainly did not post it: it may be begun again. */
  readonly undo: (key: CardKey, deliveryId: string) => Promise<void>;
  readonly posted: (key: CardKey, ts: string) => Promise<void>;
  /** It was taken away. */
  readonly removed: (key: CardKey) => Promise<void>;
}

/** Notices of SLAs: each is posted once, and never again while it is unknown whether it was. */
export interface SlackNotices {
  /** Records the intent to post a delivery's notice; false: it was posted, or may have been. */
  readonly begin: (tenantId: string, deliveryId: string) => Promise<boolean>;
  /** Slack certainly did not post it: it may be begun again. */
  readonly undo: (tenantId: string, deliveryId: string) => Promise<void>;
  /** Where it stands, so that who the lead is can be taken out of it. */
  readonly posted: (notice: PostedNotice) => Promise<void>;
  /** Those that were posted about an assignment and say who its lead is. */
  readonly list: (tenantId: string, assignmentId: string) => Promise<readonly PostedNotice[]>;
  /** It does not say that any more. */
  readonly cleared: (notice: Pick<PostedNotice, 'tenantId' | 'deliveryId'>) => Promise<void>;
}

/** A notice of an SLA, and where it stands in Slack. */
export interface PostedNotice {
  readonly tenantId: string;
  readonly deliveryId: string;
  readonly assignmentId: string;
  readonly connectionId: string;
  readonly channel: string;
  readonly ts: string;
}

/** Reps who opened their Home in Slack. Implemented in `storage/slack-store`. */
export interface SlackHomes {
  readonly opened: (home: SlackHome) => Promise<void>;
  /** Its Home is not drawn any more until it is opened again. */
  readonly forget: (home: Pick<SlackHome, 'tenantId' | 'repId' | 'connectionId'>) => Promise<void>;
}

export interface SlackHome {
  readonly tenantId: string;
  readonly repId: string;
  readonly connectionId: string;
  readonly slackUserId: string;
  readonly at: number;
}
