import type { ObjectTypeName } from './object-types.ts';

/** Who made a change, in HubSpot's words: webhooks call `type` changeSource, histories call it sourceType. */
export interface ChangeSource {
  readonly type:
    | 'CRM_UI'
    | 'FORM'
    | 'IMPORT'
    | 'INTEGRATION'
    | 'AUTOMATION_PLATFORM'
    | 'MERGE_OBJECTS'
    /** HubSpot's own sync with a Salesforce org. */
    | 'SALESFORCE';
  /** `userId:123` for a person, the app id for an app, the workflow id for a workflow. */
  readonly id: string;
  readonly userId?: number;
  /** What people are shown. */
  readonly label?: string;
}

/** One value a property has had. An empty string means it was cleared. */
export interface ValueVersion {
  readonly value: string;
  readonly at: number;
  readonly source: ChangeSource;
}

/** A CRM record. `history` is newest first. Instants are epoch milliseconds. */
export interface StoredRecord {
  readonly id: string;
  readonly properties: Record<string, string>;
  readonly history: Record<string, ValueVersion[]>;
  readonly createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  mergedInto: string | null;
}

/** A person or queue that can own records. `userId` is null once archived. */
export interface Owner {
  readonly id: string;
  readonly type: 'PERSON' | 'QUEUE';
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly userId: number | null;
  readonly userIdIncludingInactive: number | null;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly primary: boolean }[];
}

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: 'string' | 'number' | 'bool' | 'enumeration' | 'date' | 'datetime' | 'phone_number';
  readonly fieldType: string;
  readonly options: readonly PropertyOption[];
  readonly hasUniqueValue: boolean;
  readonly hubspotDefined: boolean;
  readonly readOnly: boolean;
  /** The value is an owner id. */
  readonly owner: boolean;
  readonly createdAt: number;
  archivedAt: number | null;
}

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
}

/** Something that happened to a record: feeds webhooks, workflows and the desk. */
export type RecordChange = {
  readonly objectType: ObjectTypeName;
  readonly id: string;
  readonly at: number;
  readonly source: ChangeSource;
} & (
  | { readonly kind: 'created' }
  | { readonly kind: 'property'; readonly name: string; readonly value: string }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'privacy_deleted' }
  | { readonly kind: 'restored' }
  | { readonly kind: 'merged'; readonly primaryId: string; readonly mergedIds: readonly string[] }
  | { readonly kind: 'associated' }
  | { readonly kind: 'workflow' }
);
