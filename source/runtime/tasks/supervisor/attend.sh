# attend SETTINGS VALUES SCRIPT PASSWORD: runs what only reads, attached. Without a password nothing is written to a disk, which may be full.
# The end of standard input is the order to stop: whoever asked has gone, or waits no longer.
attend() {
	unset password
	settings=$(receive "$1") values=$(receive "$2") script=$(receive "$3" && echo .) password=$(receive "$4" && echo .)
	[ "$((${#script} + ${#password} - 2))" -eq "$(($3 + $4))" ] || exit 125
	[ "$4" -eq 0 ] || lend "${password%.}"
	password=
	exec 9<&0
	printf '%s' "${script%.}" | (
		exec 3<&0 0</dev/null 9<&- 7<&-
		eval "$settings"
		cd "${HOME:-/}" 2>/dev/null || cd /
		export LC_ALL=C.UTF-8 LANGUAGE=
		eval "set -- $interpreter"
		if [ -n "$sudo" ] && [ "$uid" -ne 0 ]; then
			# sudo closes every descriptor but the first three, and drops the values.
			set -- sh -c 'export LC_ALL=C.UTF-8 LANGUAGE=; eval "$1"; shift; exec "$@" /dev/fd/0' sh "$values" "$@"
			exec setsid sudo ${never_asks--n} -- "$@" <&3
		fi
		eval "$values"
		exec setsid "$@" /dev/fd/3
	) &
	group=$!
	{
		cat
		kill -TERM "-$group"
		sleep 1
		kill -KILL "-$group"
	} <&9 >/dev/null 2>&1 &
	watcher=$!
	exec 9<&-
	wait $group 2>/dev/null
	status=$?
	kill $watcher 2>/dev/null
	kill -KILL "-$group" 2>/dev/null
	exit $status
}
