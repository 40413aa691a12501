/** How each state of a step is shown: always a word, a glyph and a colour together. */
export const glyphs = {
	todo: {word: 'to do', glyph: '○', ascii: 'o', colour: 'none'},
	running: {word: 'running', glyph: '▶', ascii: '>', colour: 'cyan'},
	done: {word: 'done', glyph: '✔', ascii: 'v', colour: 'green'},
	failed: {word: 'failed', glyph: '✘', ascii: 'x', colour: 'red'},
	skipped: {word: 'skipped', glyph: '↷', ascii: 's', colour: 'yellow'},
	'not-applicable': {word: 'not applicable', glyph: '–', ascii: '-', colour: 'none'},
	undone: {word: 'undone', glyph: '↶', ascii: 'u', colour: 'magenta'},
	unknown: {word: 'unknown', glyph: '?', ascii: '?', colour: 'yellow'},
	visited: {word: 'visited', glyph: '•', ascii: '*', colour: 'none'},
} as const satisfies Record<string, Shown>;

export type StepState = keyof typeof glyphs;

/** One of the 16 colours that every terminal has; `none` is the terminal's own. */
export type Colour = 'none' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta' | Shade;
/** Only where a program on a terminal has chosen both colours, the one behind and the one in front. */
type Shade = 'black' | 'blue' | 'white' | 'gray';
export type Shown = {word: string; glyph: string; ascii: string; colour: Colour};

/** The glyph for a terminal, its ASCII twin where the locale is not UTF-8. */
export function glyphOf(state: StepState, isAscii: boolean): string {
	return isAscii ? glyphs[state].ascii : glyphs[state].glyph;
}
