// Writes the published schema anew: `node test/helpers/write-schema.ts`, after a change of the format.
import {writeFileSync} from 'node:fs';
import {runbookSchema} from '../../source/core/runbook/yaml/yaml-schema.ts';

const file = new URL('../../docs/runbook.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(runbookSchema(), undefined, '\t')}\n`);
