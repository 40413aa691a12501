# Inside the task: the supervisor, and the command before it becomes what was asked for.

# supervise SCOPE: nothing where it comes so late that the task was taken for one that never began, and has begun anew.
supervise() {
	IFS= read -r scope <"$folder/scope" && [ "$scope" = "$1" ] || exit 1
	IFS= read -r boot </proc/sys/kernel/random/boot_id && stat_of $$ || exit 1
	set -C
	echo "$$ $start $boot" 2>/dev/null >"$folder/pid" || exit 1
	set +C
	echo started
	exec 4<>"$folder/in" >/dev/null
	# Unlike an ignored signal, one with a trap is as usual again in the command.
	trap : HUP INT
	told=
	trap told=yes TERM
	. "$folder/settings"
	cd "${HOME:-/}" 2>/dev/null || cd /
	if [ -n "$askpass" ]; then
		unset password
		IFS= read -r password
		keep "$password"
		password=
		export PATH="$folder/bin:$PATH" SUDO_ASKPASS="$folder/askpass"
	fi
	if [ -n "$tty" ]; then
		export HANDRAIL_TASK="$folder" HANDRAIL_SHELL="${SHELL-}" SHELL=/bin/sh TERM=xterm-256color
		set -- script -qefc 'exec sh "$HANDRAIL_TASK/supervisor" launch' /dev/null
	else
		set -- sh "$folder/supervisor" launch
	fi
	# Secrets wait in the pipe on descriptor 0. In a subshell, so that what this shell says of a signal is no output.
	(exec setsid "$@" 6<&0 0<&4 4<&- 7<&- >"$folder/output" 2>&1)
	status=$?
	# Once it was told to end it has ended with the last of its processes.
	pid=$$
	while [ -e "$folder/cancelled" ] && { has_group || has_strays; }; do sleep 0.1 2>/dev/null || sleep 1; done
	bytes=$(wc -c <"$folder/output")
	if [ "$status" -gt 128 ]; then
		# A shutdown, or a logout that ends all processes of a user, cuts the command off and tells this one so a moment later.
		sleep 0.1 2>/dev/null || sleep 1
		[ -z "$told" ] || exit
	fi
	printf '%s %s\n' "$status" $bytes 1<>"$folder/exit.new"
	mv "$folder/exit.new" "$folder/exit"
}

launch() {
	. "$folder/settings"
	if [ -n "$tty" ]; then
		tty >"$folder/tty"
		stty rows "${tty% *}" columns "${tty#* }"
		SHELL=$HANDRAIL_SHELL
		unset HANDRAIL_SHELL HANDRAIL_TASK
	fi
	if [ -n "$secrets" ]; then exec 0<&6; fi
	exec 6<&-
	if [ -n "$sudo" ] && [ "$(id -u)" -ne 0 ]; then
		if [ -z "$askpass" ]; then exec sudo -n -- sh "$folder/supervisor" become; fi
		exec "$folder/bin/sudo" -- sh "$folder/supervisor" become
	fi
	become
}

become() {
	. "$folder/settings"
	stat_of $$ && group=$pgrp && stat_of "$group" && echo "$group $start" >"$folder/group"
	if [ -n "$cwd" ]; then
		CDPATH='' cd -- "$cwd" || exit 126
	fi
	if [ -n "$capture" ]; then exec >"$folder/stdout"; fi
	IFS= read -r mask <"$folder/umask" && umask "$mask"
	# With a value, LANGUAGE would be asked before LC_ALL (gettext), or be set by sudo from /etc/default/locale (pam_env).
	export LC_ALL=C.UTF-8 LANGUAGE= HANDRAIL_OUTPUT="$folder/handed"
	eval "set -- $interpreter"
	if [ -n "$secrets" ]; then set -- "$@" "$folder/prelude"; else set -- "$@" "$folder/script"; fi
	. "$folder/values"
	exec "$@"
}

# The first script of an interpreter that is to know secrets: reads them from its own pipe, then takes its input.
prelude='. /proc/self/fd/0
if [ -s "${0%/*}/tty" ]; then exec <&2; else exec <"${0%/*}/in"; fi
. "${0%/*}/script"'
