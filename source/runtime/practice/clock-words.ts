/** Dates as programs of the server print them; its time zone is UTC. */
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-11-22` */
export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** `18:37:18` */
export const timeOfDay = (at: number): string => new Date(at).toISOString().slice(11, 19);
/** `Sun 2026-11-22 18:37:18 UTC`, as systemd has it. */
export const systemdDate = (at: number): string =>
	`${days[new Date(at).getUTCDay()]} ${isoDay(at)} ${timeOfDay(at)} UTC`;
/** `Nov 22 18:37:18`, as syslog has it. */
export const syslogDate = (at: number): string => `${monthAndDay(at)} ${timeOfDay(at)}`;
/** `Sun Nov 22 18:37:20 UTC 2026`, as date(1) has it. */
export const longDate = (at: number): string =>
	`${days[new Date(at).getUTCDay()]} ${monthAndDay(at, ' ')} ${timeOfDay(at)} UTC ${new Date(at).getUTCFullYear()}`;

export function monthAndDay(at: number, pad = '0'): string {
	const date = new Date(at);
	return `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, pad)}`;
}

/** `23 days,  4:05`, as uptime(1) has it. */
export function uptimeWords(milliseconds: number): string {
	const minutes = Math.floor(milliseconds / 60_000);
	const [day, hour, minute] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
	const clock = hour > 0 ? `${String(hour).padStart(2)}:${two(minute)}` : `${minute} min`;
	return day > 0 ? `${day} day${day > 1 ? 's' : ''}, ${clock}` : clock;
}

/** `2min 3s ago`, as systemd has it. */
export function agoWords(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const parts: [number, string][] = [
		[Math.floor(seconds / 604_800), seconds >= 1_209_600 ? ' weeks' : ' week'],
		[Math.floor(seconds / 86_400) % 7, Math.floor(seconds / 86_400) % 7 > 1 ? ' days' : ' day'],
		[Math.floor(seconds / 3600) % 24, 'h'],
		[Math.floor(seconds / 60) % 60, 'min'],
		[seconds % 60, 's'],
	];
	const shown = parts.filter(([value]) => value > 0).slice(0, 2);
	return `${shown.map(([value, unit]) => `${value}${unit}`).join(' ') || '0s'} ago`;
}
