cancel() {
	look
	forget_unless_begun
	tries=0
	while [ "$is" = running ] && [ ! -s "$folder/group" ] && [ $tries -lt 50 ]; do
		sleep 0.1 2>/dev/null || sleep 1
		tries=$((tries + 1))
		look
	done
	# Processes of root may be hidden from the user.
	if [ "$rebooted" = yes ] || ! { has_group || { runs_as_root && as_root "kill -0 -${group:-none}"; }; }; then
		reply gone
		return
	fi
	if has_strangers; then
		if as_root "kill -$1 -$group"; then
			reply sent
			return
		fi
		# sudo passes TERM on to what it runs, but nobody passes on KILL.
		[ "$1" != KILL ] || refuse 'processes of root are among it, and sudo runs no shell here that could end them'
	fi
	kill "-$1" "-$group" 2>/dev/null || refuse "the signal $1 could not be sent to process group $group"
	reply sent
}

runs_as_root() {
	[ -d "$folder" ] && . "$folder/settings" && [ -n "$sudo" ]
}

# Whether a process of the group is not the user's to end.
has_strangers() {
	if runs_as_root; then return 0; fi
	for file in $(grep -ls "^[0-9]* (.*) [^ZX] [0-9]* $group " /proc/[0-9]*/stat); do
		process=${file#/proc/}
		kill -0 "${process%/stat}" 2>/dev/null || return 0
	done
	return 1
}

as_root() {
	if [ -x "$folder/bin/sudo" ]; then
		"$folder/bin/sudo" -- sh -c "$1"
	else
		sudo -n -- sh -c "$1"
	fi </dev/null >/dev/null 2>&1
}
