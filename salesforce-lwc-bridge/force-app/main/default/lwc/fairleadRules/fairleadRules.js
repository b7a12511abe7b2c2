import { api, LightningElement } from 'lwc';
import { text } from 'c/fairleadText';

/** The rules in the order they were tried, up to the one that matched. */
export default class FairleadRules extends LightningElement {
    @api rules = [];

    get rows() {
        return this.rules.map((rule) => ({
            ...rule,
            label: rule.matched ? text.matched : text.passed,
            icon: rule.matched ? 'utility:check' : 'utility:forward'
        }));
    }
}
