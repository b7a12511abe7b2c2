/** A table in the export. Only what stands here is in it: a column added later is left out until somebody looks at it. */
export interface ExportedTable {
  /** What its rows are. */
  readonly what: string;
  /** Its columns by name, in order. */
  readonly columns: string;
  /** What columns mean here, where that is not what their name means everywhere. */
  readonly meaning?: Readonly<Record<string, string>>;
  /** Columns that are left out, and why. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Rows are only added, behind the last by `seq`, and stay as they were written. */
  readonly grows?: true;
}

const SECRET = 'a secret, or what one is known by';

/** Tables whose rows are not in the export, and why. */
export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  install: 'an install under way: minutes old, and sealed',
  lead_address: 'hashes of addresses, by which an erasure finds leads: the addresses stand in lead_snapshot',
  lease: 'which process is at work for an account: seconds old, and of no tenant',
  sealed_secret: 'what the service seals for itself: secrets, of no tenant',
  sign_in: 'sign-ins under way: minutes old, sealed, and of no tenant yet',
  used_link: 'links to a first owner that were used: of no tenant',
  parked_install: 'accounts that nobody has claimed: of no tenant yet, and sealed',
};

/** Everything else of a tenant, table by table. */
export const EXPORTED: Readonly<Record<string, ExportedTable>> = {
  tenant: {
    what: 'The workspace.',
    columns: 'id name created_at admits deletion_asked_at deletion_asked_by deletes_at',
  },
  lane: {
    what: 'Its switches and how far its work has come.',
    columns:
      'mode paused policy_version roster_version state_version last_instant drain_at publishing retention retained_at',
  },
  connection: {
    what: 'CRM accounts and Slack workspaces.',
    columns:
      'id vendor external_id name status settings token_expires_at scopes generation created_at leaving leaving_due_at',
    leftOut: { tokens: SECRET },
  },
  org_credential: {
    what: 'What Salesforce orgs show when they call.',
    columns: 'connection_id created_at revoked_at',
    leftOut: { hash: SECRET },
  },
  api_key: {
    what: 'API keys.',
    columns: 'id name created_at revoked_at scopes made_by expires_at last_used_at',
    meaning: { scopes: 'what it allows; null: everything' },
  },
  api_key_secret: {
    what: 'Their secrets: two while one replaces the other.',
    columns: 'key_id made_by created_at ends_at',
    leftOut: { hash: SECRET, prefix: 'the first characters of a secret' },
  },
  person: {
    what: 'People who sign in to the console.',
    columns: 'id name email email_verified role removed_at created_at signed_in_at',
  },
  identity: {
    what: 'What they sign in with.',
    columns: 'issuer subject provider person_id',
    meaning: { subject: 'who they are to the provider' },
  },
  invitation: {
    what: 'Who is invited to sign in.',
    columns: 'id email role invited_by created_at expires_at',
  },
  session: {
    what: 'Browsers that are signed in.',
    columns: 'subject role expires_at person_id opened_at seen_at agent proven_at',
    leftOut: { hash: SECRET },
    meaning: { subject: 'who is signed in' },
  },
  audit_line: {
    what: 'Who changed what.',
    columns: 'seq at who action subject outcome',
    grows: true,
    meaning: { subject: 'id of what was changed', outcome: 'done; unknown: the process ended in between' },
  },
  audit_begun: {
    what: 'Changes that are under way.',
    columns: 'id at who action subject',
    meaning: { subject: 'id of what is changed' },
  },
  poll_mark: { what: 'How far accounts were looked through for changes.', columns: 'connection_id cursor' },
  inbox: {
    what: 'Events that CRMs pushed, by record ids.',
    columns: 'id connection_id kind dedupe payload received_at due_at attempts done_at error',
    meaning: {
      kind: 'what happened',
      dedupe: 'equal for repeats of an event',
      payload: 'the event in our words',
    },
  },
  policy: {
    what: 'Every published version of the policy.',
    columns: 'version document hash published_at published_by source note approved_by restores',
    meaning: {
      version: 'number of the version',
      hash: 'digest of the document',
      source: 'the text it was written as',
    },
  },
  policy_draft: {
    what: 'Policies that were or are being written.',
    columns:
      'id revision state source note authors approved_by approved_at publish_at asked_by version refusal created_at changed_at simulation',
    meaning: { version: 'the version it became', source: 'the text it is written as' },
  },
  rep: {
    what: 'The directory of reps.',
    columns: 'id document active paused away_since away_until',
    meaning: { document: 'the rep as they were put into the directory' },
  },
  rep_identity: {
    what: 'People of the CRMs and Slack, and which rep each is.',
    columns: 'connection_id kind external_id rep_id details',
    meaning: { kind: 'owner: of a CRM; user: of Slack', details: 'name, e-mail address, hours' },
  },
  offboarding: {
    what: 'Reps who left.',
    columns: 'id rep_id state document asked_by at undone_by undone_at',
    meaning: { document: 'what the directory said of them' },
  },
  offboarding_move: {
    what: 'Where their leads went.',
    columns: 'offboarding_id assignment_id to_rep state version',
    meaning: { version: 'version of the assignment as it was moved' },
  },
  no_rep: {
    what: 'People of the CRMs who take no leads.',
    columns: 'email said_by at',
    meaning: { email: 'theirs', said_by: 'who said so' },
  },
  comparison: {
    what: 'Leads decided for the log only, beside the owners their CRM gave them.',
    columns:
      'lead_id seq decision_id connection_id object_type record_id decided_at owner_id owned_at looks look_at shares pool_id rep_id',
    meaning: {
      owner_id: 'the owner in the CRM as last seen',
      owned_at: 'since when somebody was seen to own it',
      looks: 'how often the record was looked at',
      look_at: 'when it is looked at next',
      shares: 'millionths of the lead that each member was owed',
    },
  },
  lead: { what: 'Leads.', columns: 'id created_at' },
  lead_record: {
    what: 'The CRM records that leads stand on.',
    columns: 'connection_id object_type record_id lead_id seen_owner_id url',
  },
  lead_snapshot: {
    what: 'What leads were like when they were decided: the personal data.',
    columns: 'id lead_id taken_at salt digest field_values given person erased_at email_key phone_key',
    meaning: {
      salt: 'makes the digest say nothing by itself; goes with an erasure',
      email_key: 'the address in person, as people are looked up by it',
      phone_key: 'the digits of the phone number in person, likewise',
    },
  },
  decision: {
    what: 'What the policy said, as it was written. result and inputs hold ids and codes, never values.',
    columns:
      'id seq lead_id assignment_id snapshot_id source decided_at outcome rule_id pool_id rep_id policy_version engine hash log_only result inputs',
    grows: true,
    meaning: {
      source: 'where the lead came from',
      hash: 'SHA-256 of the canonical JSON of inputs and result',
    },
  },
  assignment: {
    what: 'The life of each lead with its reps.',
    columns:
      'id lead_id state version rep_id pool_id rule_id queue_id offered_to broadcast decision_id history written remedy claim_within clock due_at due_kind callbacks held_at seen_owner_id backfill urgent opened_at changed_at closed_at closed_because entry conversion first_activity_at',
  },
  assignment_event: {
    what: 'Its story.',
    columns: 'seq assignment_id lead_id at kind rep_id decision_id detail',
    grows: true,
  },
  sla_clock: {
    what: 'Clocks of SLAs.',
    columns:
      'id assignment_id lead_id sla_id name until clock reps within passed counted_from started_at due_at steps next_at missed_at met_at late ended_at ended_because',
  },
  sla_notice: {
    what: 'Notices of SLAs that were posted to Slack.',
    columns: 'delivery_id begun_at assignment_id connection_id channel ts',
  },
  ledger_entry: {
    what: 'Who was owed and who received what, in millionths of a lead.',
    columns:
      'seq pool_id decision_id assignment_id at kind previous_at owed charged banked released adjustment_id skips',
    grows: true,
  },
  adjustment: {
    what: 'What people changed in the ledger by hand.',
    columns: 'id seq pool_id rep_id kind amount skip assignment_id made_by reason request at',
  },
  pool_member: {
    what: 'What each member of a pool stands at.',
    columns: 'pool_id rep_id lag banked released_on released_today last_at received skip',
  },
  rep_load: { what: 'How full each rep is.', columns: 'rep_id open windows crm_open' },
  reply: {
    what: 'Requests that were answered, so that a repeat gets the same.',
    columns: 'endpoint key decision_id body created_at',
    meaning: { key: 'of the request' },
  },
  delivery: {
    what: 'What was, or is to be, written to CRMs and Slack.',
    columns:
      'id seq connection_id kind priority key assignment_id version body state attempts due_at last_code remedy created_at done_at detail told_at failures',
    meaning: { key: 'of one key one is sent at a time' },
  },
  write_intent: {
    what: 'Owners that were written, to tell our writes from others’.',
    columns:
      'seq connection_id object_type record_id delivery_id owner_id expected_owner_id version written_at ended_at',
  },
  slack_message: {
    what: 'Where cards stand in Slack.',
    columns:
      'assignment_id rep_id connection_id delivery_id channel ts version reminder_delivery_id reminder_ts',
  },
  slack_home: {
    what: 'Reps who opened their Home in Slack.',
    columns: 'rep_id connection_id slack_user_id opened_at',
  },
  alert: { what: 'What needed somebody.', columns: 'id kind subject detail opened_at closed_at' },
  erasure: {
    what: 'That personal data was erased, without whose.',
    columns: 'id at asked_by because leads removed',
  },
};
