import {writeFileSync} from 'node:fs';
import {keysPage} from '../../source/views/ui/run/keys-page.ts';

// Writes docs/keys.md from the tables of the screen.
writeFileSync('docs/keys.md', keysPage());
