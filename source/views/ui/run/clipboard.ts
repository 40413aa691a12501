/** Longer texts are refused by many terminals. */
const most = 74_994;

/** What makes a terminal take a text into its clipboard (xterm's control sequences, OSC 52); undefined for too long a text. */
export function clipboardSequence(lines: string[]): string | undefined {
	const encoded = Buffer.from(`${lines.join('\n')}\n`).toString('base64');
	return encoded.length > most ? undefined : `\x1b]52;c;${encoded}\x07`;
}
