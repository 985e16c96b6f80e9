// Date.parse of each text of a JSON array on standard input, in UTC: a JSON array, null for no date.
import { readFileSync } from 'node:fs';

process.env.TZ = 'UTC';
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(text => Date.parse(text))));
