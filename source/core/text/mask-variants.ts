/**
 * The forms in which a secret shows up in output: as it is, escaped for JSON, a URL or a shell, in base64 wherever it
 * stands in the encoded text, and each of these for every line of a secret of several lines. None for what is shorter
 * than 4 characters.
 */
export function variantsOf(secret: string): string[] {
	const parts = [secret, ...secret.split(/\r\n|\r|\n/)].filter(part => part.length >= shortest);
	return [...new Set(parts.flatMap(part => encodings.flatMap(encode => encode(part.toWellFormed()))))];
}

/** Shorter secrets are not masked: that would tear up ordinary text. */
export const shortest = 4;

const encodings: ((secret: string) => string[])[] = [
	secret => [secret],
	json,
	url,
	shell,
	secret => [0, 1, 2].flatMap(alignment => base64(secret, alignment)),
];

function json(secret: string): string[] {
	const usual = JSON.stringify(secret).slice(1, -1);
	const ascii = usual.replaceAll(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
	return [usual, usual.replaceAll('/', '\\/'), ascii];
}

/** By encodeURIComponent, by RFC 3986, and as form data; hexadecimal digits in either case. */
function url(secret: string): string[] {
	const usual = encodeURIComponent(secret);
	const strict = usual.replaceAll(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	const form = strict.replaceAll('%20', '+').replaceAll('~', '%7E');
	const upper = [usual, strict, form];
	return [...upper, ...upper.map(text => text.replaceAll(/%../g, byte => byte.toLowerCase()))];
}

/** Inside single quotes, inside double quotes, and behind backslashes (printf %q). */
function shell(secret: string): string[] {
	return [
		secret.replaceAll("'", "'\\''"),
		secret.replaceAll("'", `'"'"'`),
		secret.replaceAll(/["$`\\]/g, '\\$&'),
		secret.replaceAll(/[^\w@%+=:,./-]/g, '\\$&'),
	];
}

/** The characters that the secret alone decides where so many bytes stand before it in its group of three. */
function base64(secret: string, alignment: number): string[] {
	const bytes = [...new Uint8Array(alignment), ...new TextEncoder().encode(secret)];
	const encoded = btoa(bytes.map(byte => String.fromCharCode(byte)).join(''));
	const own = encoded.slice(Math.ceil((alignment * 8) / 6), Math.floor((bytes.length * 8) / 6));
	return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
}
