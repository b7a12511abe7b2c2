import { api, LightningElement } from 'lwc';
import { zone } from 'c/fairleadTime';

/** What happened to the lead, the newest first. */
export default class FairleadHistory extends LightningElement {
    zone = zone;
    /** StoryEntry, the oldest first. */
    @api story = [];

    get rows() {
        return this.story.map((entry, index) => ({ ...entry, key: `${index} ${entry.kind}`, moment: Date.parse(entry.at) })).reverse();
    }
}
