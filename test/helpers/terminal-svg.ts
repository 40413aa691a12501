import xterm from '@xterm/headless';

const cell = {width: 8.4, height: 18};
const colours = ['#1d1f21', '#d75f5f', '#87af5f', '#d7af5f', '#5f87af', '#af87af', '#5fafaf', '#d0d0d0'];
const [background, foreground] = [colours[0]!, colours[7]!];

/** A picture of what a terminal shows that was sent these bytes. */
export async function terminalSvg(title: string, bytes: string, columns: number, rows: number): Promise<string> {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	await new Promise<void>(resolve => terminal.write(bytes, resolve));
	const [width, height] = [columns * cell.width + 20, rows * cell.height + 20];
	const body = Array.from({length: rows}, (_, at) => rowSvg(terminal, at, columns)).join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${background}"/>
${body}</svg>
`;
}

function rowSvg(terminal: InstanceType<typeof xterm.Terminal>, at: number, columns: number): string {
	const line = terminal.buffer.active.getLine(at)!;
	const y = 10 + at * cell.height;
	let svg = '';
	for (let from = 0; from < columns; ) {
		const look = lookAt(line, from);
		let to = from;
		let text = '';
		while (to < columns && lookAt(line, to) === look) text += line.getCell(to++)!.getChars() || ' ';
		const x = (10 + from * cell.width).toFixed(1);
		const width = ((to - from) * cell.width).toFixed(1);
		const [fill, behind, isBold] = look.split(' ');
		if (behind !== background)
			svg += `<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${behind}"/>\n`;
		if (text.trim() !== '') {
			const weight = isBold === 'true' ? ' font-weight="bold"' : '';
			svg += `<text x="${x}" y="${y + 13}" fill="${fill}"${weight} textLength="${width}" xml:space="preserve">${escaped(text)}</text>\n`;
		}
		from = to;
	}
	return svg;
}

function lookAt(line: {getCell(at: number): xterm.IBufferCell | undefined}, at: number): string {
	const each = line.getCell(at)!;
	const own = each.isFgPalette() ? colours[each.getFgColor() % 8]! : foreground;
	const [fill, behind] = each.isInverse() ? [background, own] : [own, background];
	return `${fill} ${behind} ${each.isBold() !== 0}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
