/**
 * Checked by hand against the zones' offsets in 2026. A line is `zone | hours | instant | answer | until`: the answer's
 * code, then when the shift ends or when the rep is back (`-`: neither is known). Seconds are left out where zero.
 */
export const HOURS = `
# New York, winter: UTC-5
America/New_York | mon-fri 09:00-17:00 | 2026-11-24T13:59 | off_hours | 2026-11-24T14:00
America/New_York | mon-fri 09:00-17:00 | 2026-11-24T13:59:59.999 | off_hours | 2026-11-24T14:00
America/New_York | mon-fri 09:00-17:00 | 2026-11-24T14:00 | available | 2026-11-24T22:00
America/New_York | mon-fri 09:00-17:00 | 2026-11-24T21:59:59.999 | available | 2026-11-24T22:00
America/New_York | mon-fri 09:00-17:00 | 2026-11-24T22:00 | off_hours | 2026-11-25T14:00
America/New_York | mon-fri 09:00-17:00 | 2026-11-27T22:00 | off_hours | 2026-11-30T14:00
America/New_York | mon-fri 09:00-17:00 | 2026-11-28T15:00 | off_hours | 2026-11-30T14:00
America/New_York | mon-fri 09:00-17:00 | 2026-11-29T15:00 | off_hours | 2026-11-30T14:00
America/New_York | mon-fri 09:00-17:00 | 2026-12-31T22:30 | off_hours | 2027-01-01T14:00
# Sunday evening in New York is Monday in UTC
America/New_York | mon-fri 09:00-17:00 | 2026-11-30T02:00 | off_hours | 2026-11-30T14:00
America/New_York | sun 18:00-22:00 | 2026-11-30T02:00 | available | 2026-11-30T03:00
# New York, summer: UTC-4
America/New_York | mon-fri 09:00-17:00 | 2026-07-14T12:59 | off_hours | 2026-07-14T13:00
America/New_York | mon-fri 09:00-17:00 | 2026-07-14T13:00 | available | 2026-07-14T21:00
America/New_York | mon-fri 09:00-17:00 | 2026-07-14T21:00 | off_hours | 2026-07-15T13:00
# Over the weekend when clocks change
America/New_York | mon-fri 09:00-17:00 | 2026-03-06T22:00 | off_hours | 2026-03-09T13:00
America/New_York | mon-fri 09:00-17:00 | 2026-10-30T21:00 | off_hours | 2026-11-02T14:00
Europe/London | mon-fri 09:00-17:00 | 2026-03-27T17:00 | off_hours | 2026-03-30T08:00
Europe/London | mon-fri 09:00-17:00 | 2026-10-23T16:00 | off_hours | 2026-10-26T09:00
Australia/Sydney | mon-fri 09:00-17:00 | 2026-04-03T06:00 | off_hours | 2026-04-05T23:00
Australia/Sydney | mon-fri 09:00-17:00 | 2026-10-02T07:00 | off_hours | 2026-10-04T22:00
# Between the American and the European change, New York and London are four hours apart
America/New_York | mon-fri 09:00-17:00 | 2026-03-10T13:00 | available | 2026-03-10T21:00
Europe/London | mon-fri 09:00-17:00 | 2026-03-10T13:00 | available | 2026-03-10T17:00
# Half-hour and quarter-hour zones
Asia/Kolkata | mon-fri 09:00-18:00 | 2026-11-24T03:29 | off_hours | 2026-11-24T03:30
Asia/Kolkata | mon-fri 09:00-18:00 | 2026-11-24T03:30 | available | 2026-11-24T12:30
Asia/Kolkata | mon-fri 09:00-18:00 | 2026-11-24T12:30 | off_hours | 2026-11-25T03:30
Asia/Kathmandu | mon-fri 10:00-17:00 | 2026-11-24T04:14 | off_hours | 2026-11-24T04:15
Asia/Kathmandu | mon-fri 10:00-17:00 | 2026-11-24T04:15 | available | 2026-11-24T11:15
Australia/Adelaide | mon-fri 09:00-17:00 | 2026-11-23T22:30 | available | 2026-11-24T06:30
Australia/Adelaide | mon-fri 09:00-17:00 | 2026-07-13T23:30 | available | 2026-07-14T07:30
America/St_Johns | mon-fri 09:00-17:00 | 2026-11-24T12:30 | available | 2026-11-24T20:30
America/St_Johns | mon-fri 09:00-17:00 | 2026-07-14T11:29 | off_hours | 2026-07-14T11:30
Pacific/Chatham | mon-fri 09:00-17:00 | 2026-11-23T19:15 | available | 2026-11-24T03:15
Pacific/Chatham | mon-fri 09:00-17:00 | 2026-07-13T20:15 | available | 2026-07-14T04:15
Asia/Tehran | sat-wed 09:00-17:00 | 2026-11-25T05:30 | available | 2026-11-25T13:30
Asia/Tehran | sat-wed 09:00-17:00 | 2026-11-26T06:00 | off_hours | 2026-11-28T05:30
Asia/Tehran | sat-wed 09:00-17:00 | 2026-07-14T05:30 | available | 2026-07-14T13:30
# Far from UTC, without daylight saving
Pacific/Kiritimati | mon-fri 09:00-17:00 | 2026-11-22T19:00 | available | 2026-11-23T03:00
Pacific/Pago_Pago | mon-fri 09:00-17:00 | 2026-11-28T03:59 | available | 2026-11-28T04:00
Pacific/Pago_Pago | mon-fri 09:00-17:00 | 2026-11-28T04:00 | off_hours | 2026-11-30T20:00
America/Phoenix | mon-fri 09:00-17:00 | 2026-07-14T16:00 | available | 2026-07-15T00:00
America/Phoenix | mon-fri 09:00-17:00 | 2026-11-24T16:00 | available | 2026-11-25T00:00
UTC | mon-fri 09:00-17:00 | 2026-11-24T09:00 | available | 2026-11-24T17:00
# Split days
Europe/Madrid | mon-fri 09:00-14:00,16:00-19:00 | 2026-11-24T08:00 | available | 2026-11-24T13:00
Europe/Madrid | mon-fri 09:00-14:00,16:00-19:00 | 2026-11-24T13:00 | off_hours | 2026-11-24T15:00
Europe/Madrid | mon-fri 09:00-14:00,16:00-19:00 | 2026-11-24T15:00 | available | 2026-11-24T18:00
Europe/Madrid | mon-fri 09:00-14:00,16:00-19:00 | 2026-11-24T18:00 | off_hours | 2026-11-25T08:00
# Spans that touch are one shift
Europe/Madrid | mon-fri 09:00-12:00,12:00-17:00 | 2026-11-24T09:00 | available | 2026-11-24T16:00
# Different days, different hours
Europe/Berlin | mon-thu 09:00-17:00; fri 09:00-13:00 | 2026-11-27T09:00 | available | 2026-11-27T12:00
Europe/Berlin | mon-thu 09:00-17:00; fri 09:00-13:00 | 2026-11-27T12:00 | off_hours | 2026-11-30T08:00
Europe/Berlin | wed 10:00-11:00 | 2026-11-25T10:00 | off_hours | 2026-12-02T09:00
# Overnight: belongs to the day it starts
America/Chicago | mon-fri 22:00-06:00 | 2026-11-25T04:00 | available | 2026-11-25T12:00
America/Chicago | mon-fri 22:00-06:00 | 2026-11-25T11:59 | available | 2026-11-25T12:00
America/Chicago | mon-fri 22:00-06:00 | 2026-11-25T12:00 | off_hours | 2026-11-26T04:00
America/Chicago | mon-fri 22:00-06:00 | 2026-11-28T11:00 | available | 2026-11-28T12:00
America/Chicago | mon-fri 22:00-06:00 | 2026-11-28T12:00 | off_hours | 2026-12-01T04:00
America/Chicago | mon-fri 22:00-06:00 | 2026-11-23T10:00 | off_hours | 2026-11-24T04:00
America/Chicago | sun 22:00-06:00 | 2026-11-23T10:00 | available | 2026-11-23T12:00
# Overnight and then the day: one long shift
Asia/Tokyo | mon 22:00-06:00; tue 06:00-10:00 | 2026-11-23T13:00 | available | 2026-11-24T01:00
# Two overnight spans that overlap across midnight are one shift
Asia/Tokyo | mon 20:00-06:00; tue 04:00-10:00 | 2026-11-23T12:00 | available | 2026-11-24T01:00
# Overnight through the change of clocks: the wall decides, so the shift is shorter or longer
Europe/Berlin | sat 22:00-06:00 | 2026-03-28T21:00 | available | 2026-03-29T04:00
Europe/Berlin | sat 22:00-06:00 | 2026-03-29T03:59 | available | 2026-03-29T04:00
Europe/Berlin | sat 22:00-06:00 | 2026-10-24T20:00 | available | 2026-10-25T05:00
Europe/Berlin | sat 22:00-06:00 | 2026-10-25T04:59 | available | 2026-10-25T05:00
America/New_York | sat 22:00-06:00 | 2026-03-08T03:00 | available | 2026-03-08T10:00
America/New_York | sat 22:00-06:00 | 2026-11-01T02:00 | available | 2026-11-01T11:00
# An hour that is skipped is not worked: in New York 02:00 to 03:00 on 8 March
America/New_York | sun 02:00-03:00 | 2026-03-08T06:30 | off_hours | 2026-03-15T06:00
America/New_York | sun 02:00-03:00 | 2026-03-08T07:00 | off_hours | 2026-03-15T06:00
America/New_York | sun 02:30-10:00 | 2026-03-08T06:59 | off_hours | 2026-03-08T07:00
America/New_York | sun 02:30-10:00 | 2026-03-08T07:00 | available | 2026-03-08T14:00
America/New_York | sun 00:00-02:30 | 2026-03-08T06:00 | available | 2026-03-08T07:00
Europe/London | sun 01:00-02:00 | 2026-03-29T01:00 | off_hours | 2026-04-05T00:00
Australia/Sydney | sun 02:30-10:00 | 2026-10-03T16:00 | available | 2026-10-03T23:00
# An hour that is repeated is worked twice: in New York 01:00 to 02:00 on 1 November
America/New_York | sun 01:00-02:00 | 2026-11-01T05:00 | available | 2026-11-01T07:00
America/New_York | sun 01:00-02:00 | 2026-11-01T06:30 | available | 2026-11-01T07:00
America/New_York | sun 01:30-05:00 | 2026-11-01T05:30 | available | 2026-11-01T06:00
America/New_York | sun 01:30-05:00 | 2026-11-01T06:15 | off_hours | 2026-11-01T06:30
America/New_York | sun 01:30-05:00 | 2026-11-01T06:30 | available | 2026-11-01T10:00
America/New_York | sun 00:00-01:30 | 2026-11-01T05:29 | available | 2026-11-01T05:30
America/New_York | sun 00:00-01:30 | 2026-11-01T05:45 | off_hours | 2026-11-01T06:00
America/New_York | sun 00:00-01:30 | 2026-11-01T06:29 | available | 2026-11-01T06:30
America/New_York | sun 00:00-01:30,01:30-03:00 | 2026-11-01T05:00 | available | 2026-11-01T08:00
Europe/London | sun 01:00-02:00 | 2026-10-25T00:00 | available | 2026-10-25T02:00
Australia/Sydney | sun 02:00-03:00 | 2026-04-04T15:00 | available | 2026-04-04T17:00
# Lord Howe Island moves its clocks by half an hour
Australia/Lord_Howe | sun 01:00-02:00 | 2026-04-04T14:00 | available | 2026-04-04T15:30
Australia/Lord_Howe | sun 02:00-03:00 | 2026-10-03T15:30 | available | 2026-10-03T16:00
Australia/Lord_Howe | mon-fri 09:00-17:00 | 2026-11-23T22:00 | available | 2026-11-24T06:00
Australia/Lord_Howe | mon-fri 09:00-17:00 | 2026-07-13T22:30 | available | 2026-07-14T06:30
# Clocks that change at midnight: Cuba skips 00:00 to 01:00 on 8 March
America/Havana | sun 00:00-08:00 | 2026-03-08T04:59 | off_hours | 2026-03-08T05:00
America/Havana | sun 00:00-08:00 | 2026-03-08T05:00 | available | 2026-03-08T12:00
# ... and Lebanon goes from 24:00 back to 23:00 on 24 October
Asia/Beirut | sat 22:00-24:00 | 2026-10-24T19:00 | available | 2026-10-24T22:00
# Samoa went from 29 to 31 December 2011
Pacific/Apia | mon-fri 09:00-17:00 | 2011-12-30T05:00 | off_hours | 2012-01-01T19:00
Pacific/Apia | sat 09:00-17:00 | 2011-12-30T19:00 | available | 2011-12-31T03:00
# Always, and never
Europe/Paris | always | 2026-11-24T03:00 | available | -
Europe/Paris | mon-sun 00:00-24:00 | 2026-11-24T03:00 | available | -
Europe/Paris | never | 2026-11-24T12:00 | off_hours | -
Europe/Paris | sat-mon 10:00-12:00 | 2026-11-24T12:00 | off_hours | 2026-11-28T09:00
`;

/** `zone | hours | days off | instant | answer | until`. Days off: `off FROM..TO`, `holiday DATE`, `calendar CODE`. */
export const DAYS_OFF = `
# Time off: both dates are inclusive, in the rep's zone
Europe/London | mon-fri 09:00-17:00 | off 2026-11-23..2026-11-27 | 2026-11-24T10:00 | time_off | 2026-11-30T09:00
Europe/London | mon-fri 09:00-17:00 | off 2026-11-23..2026-11-27 | 2026-11-27T16:59 | time_off | 2026-11-30T09:00
Europe/London | mon-fri 09:00-17:00 | off 2026-11-24..2026-11-24 | 2026-11-24T10:00 | time_off | 2026-11-25T09:00
Europe/London | mon-fri 09:00-17:00 | off 2026-11-24..2026-11-24 | 2026-11-23T10:00 | available | 2026-11-23T17:00
Europe/London | mon-fri 09:00-17:00 | off 2026-11-24..2026-11-24 | 2026-11-23T18:00 | off_hours | 2026-11-25T09:00
Europe/London | mon-fri 09:00-17:00 | off 2026-11-24..2026-11-24 | 2026-11-24T20:00 | time_off | 2026-11-25T09:00
Europe/London | mon-fri 09:00-17:00 | off 2026-11-24..2026-11-24 | 2026-11-25T10:00 | available | 2026-11-25T17:00
# The day begins and ends where the rep is
Asia/Tokyo | always | off 2026-11-24..2026-11-24 | 2026-11-23T14:59 | available | 2026-11-23T15:00
Asia/Tokyo | always | off 2026-11-24..2026-11-24 | 2026-11-23T15:00 | time_off | 2026-11-24T15:00
Asia/Tokyo | always | off 2026-11-24..2026-11-24 | 2026-11-24T15:00 | available | -
America/Los_Angeles | always | off 2026-11-24..2026-11-24 | 2026-11-24T07:59 | available | 2026-11-24T08:00
America/Los_Angeles | always | off 2026-11-24..2026-11-24 | 2026-11-25T07:59 | time_off | 2026-11-25T08:00
# A night shift is off with the day it starts on
America/Chicago | mon-fri 22:00-06:00 | off 2026-11-24..2026-11-24 | 2026-11-24T11:00 | available | 2026-11-24T12:00
America/Chicago | mon-fri 22:00-06:00 | off 2026-11-24..2026-11-24 | 2026-11-25T05:00 | time_off | 2026-11-26T04:00
America/Chicago | mon-fri 22:00-06:00 | off 2026-11-24..2026-11-24 | 2026-11-25T11:00 | time_off | 2026-11-26T04:00
America/Chicago | mon-fri 22:00-06:00 | off 2026-11-24..2026-11-24 | 2026-11-25T13:00 | off_hours | 2026-11-26T04:00
# Two stretches that meet are one absence
Europe/London | mon-fri 09:00-17:00 | off 2026-11-23..2026-11-24, off 2026-11-25..2026-11-30 | 2026-11-23T10:00 | time_off | 2026-12-01T09:00
# Longer than anybody looks ahead
Europe/London | mon-fri 09:00-17:00 | off 2026-01-01..2030-12-31 | 2026-11-24T10:00 | time_off | -
# Holidays by date and by calendar
Europe/London | mon-fri 09:00-17:00 | holiday 2026-12-24 | 2026-12-24T10:00 | holiday | 2026-12-25T09:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG | 2026-12-24T17:00 | off_hours | 2026-12-29T09:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG | 2026-12-25T10:00 | holiday | 2026-12-29T09:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG | 2026-12-28T10:00 | holiday | 2026-12-29T09:00
America/New_York | mon-fri 09:00-17:00 | calendar US | 2026-11-26T15:00 | holiday | 2026-11-27T14:00
America/Los_Angeles | mon-fri 09:00-17:00 | calendar US-CA | 2026-11-27T18:00 | holiday | 2026-11-30T17:00
America/New_York | mon-fri 09:00-17:00 | calendar US | 2026-07-03T15:00 | holiday | 2026-07-06T13:00
Europe/Berlin | mon-fri 09:00-17:00 | calendar DE-BY | 2026-01-06T10:00 | holiday | 2026-01-07T08:00
Europe/Berlin | mon-fri 09:00-17:00 | calendar DE-BE | 2026-01-06T10:00 | available | 2026-01-06T16:00
Europe/Berlin | mon-fri 09:00-17:00 | calendar DE-BE | 2026-12-24T14:30 | available | 2026-12-24T16:00
Asia/Tokyo | mon-fri 09:00-17:00 | calendar JP | 2026-11-23T01:00 | holiday | 2026-11-24T00:00
Asia/Tokyo | mon-fri 09:00-17:00 | calendar JP | 2026-05-06T01:00 | holiday | 2026-05-07T00:00
# New Year's Day of the next year
Europe/Paris | mon-fri 09:00-17:00 | calendar FR | 2026-12-31T17:00 | off_hours | 2027-01-04T08:00
# Time off that includes a holiday is time off
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG, off 2026-12-21..2026-12-31 | 2026-12-25T10:00 | time_off | 2027-01-04T09:00
# A calendar nobody knows has no holidays
Europe/London | mon-fri 09:00-17:00 | calendar XX | 2026-12-25T10:00 | available | 2026-12-25T17:00
`;
