/**
 * More of `availability-cases.ts`: the same hours around the world, every way clocks change in 2026, and the holidays of
 * countries and regions. Each line was read off a walk of the clock on the wall and is held against it again by the test.
 */
export const HOURS_WORLDWIDE = `
# The same office hours around the world, in the northern winter and summer
Europe/Lisbon | mon-fri 09:00-17:00 | 2026-01-13T08:59 | off_hours | 2026-01-13T09:00
Europe/Lisbon | mon-fri 09:00-17:00 | 2026-07-14T08:00 | available | 2026-07-14T16:00
Europe/Dublin | mon-fri 09:00-17:00 | 2026-01-13T16:59 | available | 2026-01-13T17:00
Europe/Dublin | mon-fri 09:00-17:00 | 2026-07-14T08:00 | available | 2026-07-14T16:00
Europe/Helsinki | mon-fri 09:00-17:00 | 2026-01-13T07:00 | available | 2026-01-13T15:00
Europe/Helsinki | mon-fri 09:00-17:00 | 2026-07-14T14:00 | off_hours | 2026-07-15T06:00
Europe/Istanbul | mon-fri 09:00-17:00 | 2026-01-13T06:00 | available | 2026-01-13T14:00
Europe/Istanbul | mon-fri 09:00-17:00 | 2026-07-14T13:59 | available | 2026-07-14T14:00
Europe/Moscow | mon-fri 09:00-17:00 | 2026-01-13T06:00 | available | 2026-01-13T14:00
Europe/Moscow | mon-fri 09:00-17:00 | 2026-07-14T05:59 | off_hours | 2026-07-14T06:00
Africa/Johannesburg | mon-fri 09:00-17:00 | 2026-01-13T10:00 | available | 2026-01-13T15:00
Africa/Johannesburg | mon-fri 09:00-17:00 | 2026-07-14T15:00 | off_hours | 2026-07-15T07:00
Africa/Lagos | mon-fri 09:00-17:00 | 2026-01-13T08:00 | available | 2026-01-13T16:00
Africa/Lagos | mon-fri 09:00-17:00 | 2026-07-14T08:00 | available | 2026-07-14T16:00
Africa/Nairobi | mon-fri 09:00-17:00 | 2026-01-13T13:59 | available | 2026-01-13T14:00
Africa/Nairobi | mon-fri 09:00-17:00 | 2026-07-14T14:00 | off_hours | 2026-07-15T06:00
Asia/Dubai | mon-fri 09:00-17:00 | 2026-01-13T05:00 | available | 2026-01-13T13:00
Asia/Dubai | mon-fri 09:00-17:00 | 2026-07-14T13:00 | off_hours | 2026-07-15T05:00
Asia/Karachi | mon-fri 09:00-17:00 | 2026-01-13T03:59 | off_hours | 2026-01-13T04:00
Asia/Karachi | mon-fri 09:00-17:00 | 2026-07-14T04:00 | available | 2026-07-14T12:00
Asia/Dhaka | mon-fri 09:00-17:00 | 2026-01-13T03:00 | available | 2026-01-13T11:00
Asia/Dhaka | mon-fri 09:00-17:00 | 2026-07-14T03:00 | available | 2026-07-14T11:00
Asia/Singapore | mon-fri 09:00-17:00 | 2026-01-13T09:00 | off_hours | 2026-01-14T01:00
Asia/Singapore | mon-fri 09:00-17:00 | 2026-07-14T01:00 | available | 2026-07-14T09:00
Asia/Shanghai | mon-fri 09:00-17:00 | 2026-01-13T01:00 | available | 2026-01-13T09:00
Asia/Shanghai | mon-fri 09:00-17:00 | 2026-07-14T04:00 | available | 2026-07-14T09:00
Asia/Seoul | mon-fri 09:00-17:00 | 2026-01-13T07:59 | available | 2026-01-13T08:00
Asia/Seoul | mon-fri 09:00-17:00 | 2026-07-13T23:59 | off_hours | 2026-07-14T00:00
Pacific/Auckland | mon-fri 09:00-17:00 | 2026-01-12T20:00 | available | 2026-01-13T04:00
Pacific/Auckland | mon-fri 09:00-17:00 | 2026-07-13T21:00 | available | 2026-07-14T05:00
Pacific/Honolulu | mon-fri 09:00-17:00 | 2026-01-13T19:00 | available | 2026-01-14T03:00
Pacific/Honolulu | mon-fri 09:00-17:00 | 2026-07-15T03:00 | off_hours | 2026-07-15T19:00
America/Anchorage | mon-fri 09:00-17:00 | 2026-01-13T18:00 | available | 2026-01-14T02:00
America/Anchorage | mon-fri 09:00-17:00 | 2026-07-14T17:00 | available | 2026-07-15T01:00
America/Los_Angeles | mon-fri 09:00-17:00 | 2026-01-13T16:59 | off_hours | 2026-01-13T17:00
America/Los_Angeles | mon-fri 09:00-17:00 | 2026-07-14T23:59 | available | 2026-07-15T00:00
America/Denver | mon-fri 09:00-17:00 | 2026-01-13T16:00 | available | 2026-01-14T00:00
America/Denver | mon-fri 09:00-17:00 | 2026-07-14T23:00 | off_hours | 2026-07-15T15:00
America/Mexico_City | mon-fri 09:00-17:00 | 2026-01-13T15:00 | available | 2026-01-13T23:00
America/Mexico_City | mon-fri 09:00-17:00 | 2026-07-14T15:00 | available | 2026-07-14T23:00
America/Bogota | mon-fri 09:00-17:00 | 2026-01-13T17:00 | available | 2026-01-13T22:00
America/Bogota | mon-fri 09:00-17:00 | 2026-07-14T13:59 | off_hours | 2026-07-14T14:00
America/Sao_Paulo | mon-fri 09:00-17:00 | 2026-01-13T12:00 | available | 2026-01-13T20:00
America/Sao_Paulo | mon-fri 09:00-17:00 | 2026-07-14T20:00 | off_hours | 2026-07-15T12:00
America/Argentina/Buenos_Aires | mon-fri 09:00-17:00 | 2026-01-13T19:59 | available | 2026-01-13T20:00
America/Argentina/Buenos_Aires | mon-fri 09:00-17:00 | 2026-07-14T12:00 | available | 2026-07-14T20:00
America/Santiago | mon-fri 09:00-17:00 | 2026-01-13T12:00 | available | 2026-01-13T20:00
America/Santiago | mon-fri 09:00-17:00 | 2026-07-14T13:00 | available | 2026-07-14T21:00
# Offsets of half and quarter hours
Asia/Yangon | mon-fri 09:30-17:45 | 2026-02-10T02:59 | off_hours | 2026-02-10T03:00
Asia/Yangon | mon-fri 09:30-17:45 | 2026-08-11T11:14 | available | 2026-08-11T11:15
Asia/Colombo | mon-fri 09:30-17:45 | 2026-02-10T03:59 | off_hours | 2026-02-10T04:00
Asia/Colombo | mon-fri 09:30-17:45 | 2026-08-11T12:14 | available | 2026-08-11T12:15
Asia/Kabul | mon-fri 09:30-17:45 | 2026-02-10T04:59 | off_hours | 2026-02-10T05:00
Asia/Kabul | mon-fri 09:30-17:45 | 2026-08-11T13:14 | available | 2026-08-11T13:15
Pacific/Marquesas | mon-fri 09:30-17:45 | 2026-02-10T18:59 | off_hours | 2026-02-10T19:00
Pacific/Marquesas | mon-fri 09:30-17:45 | 2026-08-12T03:14 | available | 2026-08-12T03:15
Australia/Darwin | mon-fri 09:30-17:45 | 2026-02-09T23:59 | off_hours | 2026-02-10T00:00
Australia/Darwin | mon-fri 09:30-17:45 | 2026-08-11T08:14 | available | 2026-08-11T08:15
Australia/Eucla | mon-fri 09:30-17:45 | 2026-02-10T00:44 | off_hours | 2026-02-10T00:45
Australia/Eucla | mon-fri 09:30-17:45 | 2026-08-11T08:59 | available | 2026-08-11T09:00
Asia/Kathmandu | mon-fri 09:30-17:45 | 2026-02-10T03:44 | off_hours | 2026-02-10T03:45
Asia/Kathmandu | mon-fri 09:30-17:45 | 2026-08-11T11:59 | available | 2026-08-11T12:00
Asia/Kolkata | mon-fri 09:30-17:45 | 2026-02-10T03:59 | off_hours | 2026-02-10T04:00
Asia/Kolkata | mon-fri 09:30-17:45 | 2026-08-11T12:14 | available | 2026-08-11T12:15
America/St_Johns | mon-fri 09:30-17:45 | 2026-02-10T12:59 | off_hours | 2026-02-10T13:00
America/St_Johns | mon-fri 09:30-17:45 | 2026-08-11T20:14 | available | 2026-08-11T20:15
Pacific/Chatham | mon-fri 09:30-17:45 | 2026-02-09T19:44 | off_hours | 2026-02-09T19:45
Pacific/Chatham | mon-fri 09:30-17:45 | 2026-08-11T04:59 | available | 2026-08-11T05:00
Australia/Adelaide | mon-fri 09:30-17:45 | 2026-02-09T22:59 | off_hours | 2026-02-09T23:00
Australia/Adelaide | mon-fri 09:30-17:45 | 2026-08-11T08:14 | available | 2026-08-11T08:15
Asia/Tehran | mon-fri 09:30-17:45 | 2026-02-10T05:59 | off_hours | 2026-02-10T06:00
Asia/Tehran | mon-fri 09:30-17:45 | 2026-08-11T14:14 | available | 2026-08-11T14:15
# Clocks go forward: an office day before and after, a night shift over it, and an hour that is not there
America/New_York | sat 21:00-07:00 | 2026-03-08T03:00 | available | 2026-03-08T11:00
America/New_York | sun 09:00-17:00 | 2026-03-08T01:00 | off_hours | 2026-03-08T13:00
America/New_York | sun 02:30-06:00 | 2026-03-08T04:30 | off_hours | 2026-03-08T07:00
America/Chicago | sat 21:00-07:00 | 2026-03-08T04:00 | available | 2026-03-08T12:00
America/Chicago | sun 09:00-17:00 | 2026-03-08T02:00 | off_hours | 2026-03-08T14:00
America/Chicago | sun 02:30-06:00 | 2026-03-08T05:30 | off_hours | 2026-03-08T08:00
America/Denver | sat 21:00-07:00 | 2026-03-08T05:00 | available | 2026-03-08T13:00
America/Denver | sun 09:00-17:00 | 2026-03-08T03:00 | off_hours | 2026-03-08T15:00
America/Denver | sun 02:30-06:00 | 2026-03-08T06:30 | off_hours | 2026-03-08T09:00
America/Los_Angeles | sat 21:00-07:00 | 2026-03-08T06:00 | available | 2026-03-08T14:00
America/Los_Angeles | sun 09:00-17:00 | 2026-03-08T04:00 | off_hours | 2026-03-08T16:00
America/Los_Angeles | sun 02:30-06:00 | 2026-03-08T07:30 | off_hours | 2026-03-08T10:00
America/Halifax | sat 21:00-07:00 | 2026-03-08T02:00 | available | 2026-03-08T10:00
America/Halifax | sun 09:00-17:00 | 2026-03-08T00:00 | off_hours | 2026-03-08T12:00
America/Halifax | sun 02:30-06:00 | 2026-03-08T03:30 | off_hours | 2026-03-08T06:00
America/St_Johns | sat 21:00-07:00 | 2026-03-08T01:30 | available | 2026-03-08T09:30
America/St_Johns | sun 09:00-17:00 | 2026-03-07T23:30 | off_hours | 2026-03-08T11:30
America/St_Johns | sun 02:30-06:00 | 2026-03-08T03:00 | off_hours | 2026-03-08T05:30
Europe/London | sat 21:00-07:00 | 2026-03-28T22:00 | available | 2026-03-29T06:00
Europe/London | sun 09:00-17:00 | 2026-03-28T20:00 | off_hours | 2026-03-29T08:00
Europe/London | sun 01:30-05:00 | 2026-03-28T23:30 | off_hours | 2026-03-29T01:00
Europe/Paris | sat 21:00-07:00 | 2026-03-28T21:00 | available | 2026-03-29T05:00
Europe/Paris | sun 09:00-17:00 | 2026-03-28T19:00 | off_hours | 2026-03-29T07:00
Europe/Paris | sun 02:30-06:00 | 2026-03-28T22:30 | off_hours | 2026-03-29T01:00
Europe/Athens | sat 21:00-07:00 | 2026-03-28T20:00 | available | 2026-03-29T04:00
Europe/Athens | sun 09:00-17:00 | 2026-03-28T18:00 | off_hours | 2026-03-29T06:00
Europe/Athens | sun 03:30-07:00 | 2026-03-28T21:30 | off_hours | 2026-03-29T01:00
Asia/Jerusalem | thu 21:00-07:00 | 2026-03-26T20:00 | available | 2026-03-27T04:00
Asia/Jerusalem | fri 09:00-17:00 | 2026-03-26T18:00 | off_hours | 2026-03-27T06:00
Asia/Jerusalem | fri 02:30-06:00 | 2026-03-26T21:30 | off_hours | 2026-03-27T00:00
Africa/Cairo | thu 21:00-07:00 | 2026-04-23T20:00 | available | 2026-04-24T04:00
Africa/Cairo | fri 09:00-17:00 | 2026-04-23T18:00 | off_hours | 2026-04-24T06:00
Africa/Cairo | fri 00:30-04:00 | 2026-04-23T21:30 | off_hours | 2026-04-23T22:00
Australia/Sydney | sat 21:00-07:00 | 2026-10-03T12:00 | available | 2026-10-03T20:00
Australia/Sydney | sun 09:00-17:00 | 2026-10-03T10:00 | off_hours | 2026-10-03T22:00
Australia/Sydney | sun 02:30-06:00 | 2026-10-03T13:30 | off_hours | 2026-10-03T16:00
Australia/Adelaide | sat 21:00-07:00 | 2026-10-03T12:30 | available | 2026-10-03T20:30
Australia/Adelaide | sun 09:00-17:00 | 2026-10-03T10:30 | off_hours | 2026-10-03T22:30
Australia/Adelaide | sun 02:30-06:00 | 2026-10-03T14:00 | off_hours | 2026-10-03T16:30
Pacific/Auckland | sat 21:00-07:00 | 2026-09-26T10:00 | available | 2026-09-26T18:00
Pacific/Auckland | sun 09:00-17:00 | 2026-09-26T08:00 | off_hours | 2026-09-26T20:00
Pacific/Auckland | sun 02:30-06:00 | 2026-09-26T11:30 | off_hours | 2026-09-26T14:00
Pacific/Chatham | sat 21:00-07:00 | 2026-09-26T09:15 | available | 2026-09-26T17:15
Pacific/Chatham | sun 09:00-17:00 | 2026-09-26T07:15 | off_hours | 2026-09-26T19:15
Pacific/Chatham | sun 03:15-06:45 | 2026-09-26T10:45 | off_hours | 2026-09-26T14:00
America/Santiago | sat 21:00-07:00 | 2026-09-06T02:00 | available | 2026-09-06T10:00
America/Santiago | sun 09:00-17:00 | 2026-09-06T00:00 | off_hours | 2026-09-06T12:00
America/Santiago | sun 00:30-04:00 | 2026-09-06T03:30 | off_hours | 2026-09-06T04:00
# Clocks go back: the night shift is an hour longer, and the repeated hour is worked twice
America/New_York | sun 00:00-01:15 | 2026-11-01T04:10 | available | 2026-11-01T05:15
America/New_York | sat 21:00-23:00; sun 09:00-17:00 | 2026-11-01T03:30 | off_hours | 2026-11-01T14:00
America/New_York | sun 01:00-03:00 | 2026-11-01T06:05 | available | 2026-11-01T08:00
America/Chicago | sun 00:00-01:15 | 2026-11-01T05:10 | available | 2026-11-01T06:15
America/Chicago | sat 21:00-23:00; sun 09:00-17:00 | 2026-11-01T04:30 | off_hours | 2026-11-01T15:00
America/Chicago | sun 01:00-03:00 | 2026-11-01T07:05 | available | 2026-11-01T09:00
America/Denver | sun 00:00-01:15 | 2026-11-01T06:10 | available | 2026-11-01T07:15
America/Denver | sat 21:00-23:00; sun 09:00-17:00 | 2026-11-01T05:30 | off_hours | 2026-11-01T16:00
America/Denver | sun 01:00-03:00 | 2026-11-01T08:05 | available | 2026-11-01T10:00
America/Los_Angeles | sun 00:00-01:15 | 2026-11-01T07:10 | available | 2026-11-01T08:15
America/Los_Angeles | sat 21:00-23:00; sun 09:00-17:00 | 2026-11-01T06:30 | off_hours | 2026-11-01T17:00
America/Los_Angeles | sun 01:00-03:00 | 2026-11-01T09:05 | available | 2026-11-01T11:00
America/Halifax | sun 00:00-01:15 | 2026-11-01T03:10 | available | 2026-11-01T04:15
America/Halifax | sat 21:00-23:00; sun 09:00-17:00 | 2026-11-01T02:30 | off_hours | 2026-11-01T13:00
America/Halifax | sun 01:00-03:00 | 2026-11-01T05:05 | available | 2026-11-01T07:00
America/St_Johns | sun 00:00-01:15 | 2026-11-01T02:40 | available | 2026-11-01T03:45
America/St_Johns | sat 21:00-23:00; sun 09:00-17:00 | 2026-11-01T02:00 | off_hours | 2026-11-01T12:30
America/St_Johns | sun 01:00-03:00 | 2026-11-01T04:35 | available | 2026-11-01T06:30
Europe/London | sun 00:00-01:15 | 2026-10-24T23:10 | available | 2026-10-25T00:15
Europe/London | sat 21:00-23:00; sun 09:00-17:00 | 2026-10-24T22:30 | off_hours | 2026-10-25T09:00
Europe/London | sun 01:00-03:00 | 2026-10-25T01:05 | available | 2026-10-25T03:00
Europe/Paris | sun 00:00-02:15 | 2026-10-24T22:10 | available | 2026-10-25T00:15
Europe/Paris | sat 21:00-23:00; sun 09:00-17:00 | 2026-10-24T21:30 | off_hours | 2026-10-25T08:00
Europe/Paris | sun 02:00-04:00 | 2026-10-25T01:05 | available | 2026-10-25T03:00
Europe/Athens | sun 00:00-03:15 | 2026-10-24T21:10 | available | 2026-10-25T00:15
Europe/Athens | sat 21:00-23:00; sun 09:00-17:00 | 2026-10-24T20:30 | off_hours | 2026-10-25T07:00
Europe/Athens | sun 03:00-05:00 | 2026-10-25T01:05 | available | 2026-10-25T03:00
Asia/Jerusalem | sun 00:00-01:15 | 2026-10-24T21:10 | available | 2026-10-24T22:15
Asia/Jerusalem | sat 21:00-23:00; sun 09:00-17:00 | 2026-10-24T20:30 | off_hours | 2026-10-25T07:00
Asia/Jerusalem | sun 01:00-03:00 | 2026-10-24T23:05 | available | 2026-10-25T01:00
Africa/Cairo | thu 19:00-23:15 | 2026-10-29T17:00 | available | 2026-10-29T20:15
Africa/Cairo | wed 21:00-23:00; thu 09:00-17:00 | 2026-10-28T20:30 | off_hours | 2026-10-29T06:00
Africa/Cairo | thu 23:00-24:00 | 2026-10-29T21:05 | available | 2026-10-29T22:00
Australia/Sydney | sun 00:00-02:15 | 2026-04-04T13:10 | available | 2026-04-04T15:15
Australia/Sydney | sat 21:00-23:00; sun 09:00-17:00 | 2026-04-04T12:30 | off_hours | 2026-04-04T23:00
Australia/Sydney | sun 02:00-04:00 | 2026-04-04T16:05 | available | 2026-04-04T18:00
Australia/Adelaide | sun 00:00-02:15 | 2026-04-04T13:40 | available | 2026-04-04T15:45
Australia/Adelaide | sat 21:00-23:00; sun 09:00-17:00 | 2026-04-04T13:00 | off_hours | 2026-04-04T23:30
Australia/Adelaide | sun 02:00-04:00 | 2026-04-04T16:35 | available | 2026-04-04T18:30
Pacific/Auckland | sun 00:00-02:15 | 2026-04-04T11:10 | available | 2026-04-04T13:15
Pacific/Auckland | sat 21:00-23:00; sun 09:00-17:00 | 2026-04-04T10:30 | off_hours | 2026-04-04T21:00
Pacific/Auckland | sun 02:00-04:00 | 2026-04-04T14:05 | available | 2026-04-04T16:00
Pacific/Chatham | sun 00:00-03:00 | 2026-04-04T10:25 | available | 2026-04-04T13:15
Pacific/Chatham | sat 21:00-23:00; sun 09:00-17:00 | 2026-04-04T09:45 | off_hours | 2026-04-04T20:15
Pacific/Chatham | sun 02:45-04:45 | 2026-04-04T14:05 | available | 2026-04-04T16:00
America/Santiago | sat 19:00-23:15 | 2026-04-04T23:00 | available | 2026-04-05T02:15
America/Santiago | fri 21:00-23:00; sat 09:00-17:00 | 2026-04-04T02:30 | off_hours | 2026-04-04T12:00
America/Santiago | sat 23:00-24:00 | 2026-04-05T03:05 | available | 2026-04-05T04:00
# Nights: into the weekend, round the clock, with a break, and from one into the next
Asia/Manila | mon-fri 21:00-06:00 | 2026-11-23T21:59 | available | 2026-11-23T22:00
Asia/Manila | mon-fri 21:00-06:00 | 2026-11-23T22:00 | off_hours | 2026-11-24T13:00
Asia/Manila | mon-fri 21:00-06:00 | 2026-11-27T21:00 | available | 2026-11-27T22:00
Asia/Manila | mon-fri 21:00-06:00 | 2026-11-28T13:00 | off_hours | 2026-11-30T13:00
Europe/Warsaw | mon-fri 22:00-02:00,03:00-06:00 | 2026-11-24T01:30 | off_hours | 2026-11-24T02:00
Europe/Warsaw | fri 18:00-12:00 | 2026-11-28T10:59 | available | 2026-11-28T11:00
Europe/Warsaw | fri 18:00-12:00; sat 12:00-18:00 | 2026-11-27T23:00 | available | 2026-11-28T17:00
America/Toronto | mon-sun 23:00-07:00 | 2027-01-01T04:30 | available | 2027-01-01T12:00
America/Toronto | mon-sun 23:00-07:00 | 2027-01-01T03:59 | off_hours | 2027-01-01T04:00
America/Toronto | sun 23:59-00:01 | 2026-11-23T05:00 | available | 2026-11-23T05:01
UTC | mon-sun 12:00-11:59 | 2026-11-24T11:59 | off_hours | 2026-11-24T12:00
UTC | mon-wed 20:00-08:00 | 2026-11-26T08:00 | off_hours | 2026-11-30T20:00
# To the millisecond
Asia/Kolkata | mon-fri 09:00-17:00 | 2026-11-24T03:29:59.999 | off_hours | 2026-11-24T03:30
Asia/Kolkata | mon-fri 09:00-17:00 | 2026-11-24T11:29:59.999 | available | 2026-11-24T11:30
America/New_York | sun 01:30-05:00 | 2026-11-01T05:59:59.999 | available | 2026-11-01T06:00
Europe/London | sun 00:00-01:00 | 2026-03-29T00:59:59.999 | available | 2026-03-29T01:00
`;

/** As `DAYS_OFF` there. */
export const DAYS_OFF_WORLDWIDE = `
# Holidays of countries, and of their regions alone
America/New_York | mon-fri 09:00-17:00 | calendar US | 2026-01-19T15:00 | holiday | 2026-01-20T14:00
America/New_York | mon-fri 09:00-17:00 | calendar US | 2026-09-07T14:00 | holiday | 2026-09-08T13:00
America/Toronto | mon-fri 09:00-17:00 | calendar CA | 2026-07-01T14:00 | holiday | 2026-07-02T13:00
America/Toronto | mon-fri 09:00-17:00 | calendar CA-ON | 2026-10-12T14:00 | holiday | 2026-10-13T13:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-SCT | 2026-11-30T10:00 | holiday | 2026-12-01T09:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG | 2026-11-30T10:00 | available | 2026-11-30T17:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG | 2026-04-06T09:00 | holiday | 2026-04-07T08:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-SCT | 2026-04-06T09:00 | available | 2026-04-06T16:00
Europe/Dublin | mon-fri 09:00-17:00 | calendar IE | 2026-03-17T10:00 | holiday | 2026-03-18T09:00
Europe/Paris | mon-fri 09:00-17:00 | calendar FR | 2026-07-14T08:00 | holiday | 2026-07-15T07:00
Europe/Berlin | mon-fri 09:00-17:00 | calendar DE-BY | 2026-06-04T08:00 | holiday | 2026-06-05T07:00
Europe/Berlin | mon-fri 09:00-17:00 | calendar DE-BE | 2026-06-04T08:00 | available | 2026-06-04T15:00
Europe/Berlin | mon-fri 09:00-17:00 | calendar DE-BE | 2026-03-09T09:00 | available | 2026-03-09T16:00
Europe/Vienna | mon-fri 09:00-17:00 | calendar AT | 2026-10-26T09:00 | holiday | 2026-10-27T08:00
Europe/Zurich | mon-fri 09:00-17:00 | calendar CH | 2026-05-14T08:00 | holiday | 2026-05-15T07:00
Europe/Amsterdam | mon-fri 09:00-17:00 | calendar NL | 2026-04-27T08:00 | holiday | 2026-04-28T07:00
Europe/Stockholm | mon-fri 09:00-17:00 | calendar SE | 2026-01-06T09:00 | holiday | 2026-01-07T08:00
Europe/Oslo | mon-fri 09:00-17:00 | calendar NO | 2026-05-01T08:00 | holiday | 2026-05-04T07:00
Australia/Sydney | mon-fri 09:00-17:00 | calendar AU-NSW | 2026-01-25T23:00 | holiday | 2026-01-26T22:00
Australia/Melbourne | mon-fri 09:00-17:00 | calendar AU-VIC | 2026-11-02T23:00 | holiday | 2026-11-03T22:00
Australia/Sydney | mon-fri 09:00-17:00 | calendar AU-NSW | 2026-11-02T23:00 | available | 2026-11-03T06:00
Pacific/Auckland | mon-fri 09:00-17:00 | calendar NZ | 2026-02-05T21:00 | holiday | 2026-02-08T20:00
Asia/Tokyo | mon-fri 09:00-17:00 | calendar JP | 2026-05-05T01:00 | holiday | 2026-05-07T00:00
America/Sao_Paulo | mon-fri 09:00-17:00 | calendar BR | 2026-09-07T13:00 | holiday | 2026-09-08T12:00
America/Mexico_City | mon-fri 09:00-17:00 | calendar MX | 2026-09-16T16:00 | holiday | 2026-09-17T15:00
Africa/Johannesburg | mon-fri 09:00-17:00 | calendar ZA | 2026-09-24T08:00 | holiday | 2026-09-25T07:00
# The evening before a holiday, and a night shift that begins before one or on one
America/New_York | mon-fri 09:00-17:00 | calendar US | 2026-11-25T22:00 | off_hours | 2026-11-27T14:00
America/New_York | mon-fri 22:00-06:00 | calendar US | 2026-11-26T07:00 | available | 2026-11-26T11:00
America/New_York | mon-fri 22:00-06:00 | calendar US | 2026-11-27T04:00 | holiday | 2026-11-28T03:00
America/New_York | mon-fri 22:00-06:00 | calendar US | 2026-11-27T08:00 | holiday | 2026-11-28T03:00
America/New_York | mon-fri 22:00-06:00 | calendar US | 2026-11-27T12:00 | off_hours | 2026-11-28T03:00
Asia/Tokyo | always | holiday 2026-11-24 | 2026-11-23T14:59 | available | 2026-11-23T15:00
Asia/Tokyo | always | holiday 2026-11-24 | 2026-11-23T15:00 | holiday | 2026-11-24T15:00
# Days off on days when clocks change are as long as those days
America/New_York | always | off 2026-03-08..2026-03-08 | 2026-03-08T05:00 | time_off | 2026-03-09T04:00
America/New_York | always | off 2026-11-01..2026-11-01 | 2026-11-01T04:00 | time_off | 2026-11-02T05:00
America/New_York | always | off 2026-11-01..2026-11-01 | 2026-11-01T06:30 | time_off | 2026-11-02T05:00
Europe/Paris | always | holiday 2026-10-25 | 2026-10-25T01:30 | holiday | 2026-10-25T23:00
Europe/Paris | always | holiday 2026-03-29 | 2026-03-28T23:00 | holiday | 2026-03-29T22:00
Africa/Cairo | always | off 2026-04-24..2026-04-24 | 2026-04-23T22:30 | time_off | 2026-04-24T21:00
# Time off before, within and after a holiday; over the turn of the year; of one half of a split day it is the whole
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG, off 2026-12-29..2026-12-31 | 2026-12-28T10:00 | holiday | 2027-01-04T09:00
Europe/London | mon-fri 09:00-17:00 | calendar GB-ENG, off 2026-12-29..2026-12-31 | 2026-12-30T10:00 | time_off | 2027-01-04T09:00
Europe/Madrid | mon-fri 09:00-14:00,16:00-19:00 | off 2026-11-24..2026-11-24 | 2026-11-24T14:00 | time_off | 2026-11-25T08:00
Europe/Madrid | mon-fri 09:00-14:00,16:00-19:00 | off 2026-11-24..2026-11-24 | 2026-11-23T17:59 | available | 2026-11-23T18:00
Pacific/Kiritimati | mon-fri 09:00-17:00 | off 2027-01-01..2027-01-01 | 2026-12-31T03:00 | off_hours | 2027-01-03T19:00
Pacific/Pago_Pago | mon-fri 09:00-17:00 | off 2026-12-31..2027-01-01 | 2026-12-31T03:59 | available | 2026-12-31T04:00
`;
