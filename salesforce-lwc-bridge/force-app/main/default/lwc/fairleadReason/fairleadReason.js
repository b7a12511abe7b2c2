import { api, LightningElement } from 'lwc';
import { text } from 'c/fairleadText';
import { zone } from 'c/fairleadTime';

/** Why the latest decision went as it did. */
export default class FairleadReason extends LightningElement {
    text = text;
    zone = zone;
    @api explanation;
}
