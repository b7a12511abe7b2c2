import { api, LightningElement } from 'lwc';
import { text } from 'c/fairleadText';
import { zone } from 'c/fairleadTime';
import { badgeOf, holderOf, initialsOf } from 'c/fairleadView';

/** Who has the lead, or what it waits for. */
export default class FairleadStanding extends LightningElement {
    text = text;
    zone = zone;
    /** A RecordCard whose standing is known. */
    @api card;

    get holder() {
        return holderOf(this.card.standing);
    }

    get initials() {
        return this.holder.person ? initialsOf(this.holder.name) : '';
    }

    get badge() {
        return badgeOf(this.card);
    }

    get badgeClass() {
        return `badge badge_${this.badge.tone}`;
    }

    get retryMoment() {
        return Date.parse(this.card.standing.retryAt);
    }

    get isPending() {
        return this.card.standing.written === 'pending';
    }
}
