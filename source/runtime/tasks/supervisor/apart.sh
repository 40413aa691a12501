# A task in a scope of systemd's: what ends a login session does not reach it, and all its processes are known.
# A scope, not a service: the processes stay as they are, with environment, groups, limits, audit identity and open files,
# and it lasts as long as the last of them, so that a daemon which a command starts is not ended with it.

# Whether what runs here is left alone when the user logs out.
outlives_logout() {
	[ -d /run/systemd/system ] || return 0
	case $(cat /proc/self/cgroup) in
	*"/user@$uid.service"*) is_lingering ;;
	*/session-*.scope*) ! is_ended_at_logout ;;
	esac
}

is_lingering() {
	[ -e "/var/lib/systemd/linger/$(id -un)" ]
}

# logind.conf(5), KillUserProcesses and the two after it; without logind nothing is ended.
is_ended_at_logout() {
	said=$(busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager \
		KillUserProcesses KillOnlyUsers KillExcludeUsers 2>/dev/null) || return 1
	{
		read -r _ kills
		read -r _ _ only
		read -r _ _ except
	} <<-END
		$said
	END
	me=\"$(id -un)\"
	# Root is spared where nobody is named.
	[ "$uid" -ne 0 ] || [ -n "$except" ] || return 1
	case " $except " in *" $me "*) return 1 ;; esac
	[ -n "$only" ] || only=$([ "$kills" != true ] || echo "$me")
	case " $only " in *" $me "*) ;; *) return 1 ;; esac
}

# apart UNIT PROGRAM WORD...: runs a program in a scope of that name. Fails without having run it where there can be none
# that outlives the session.
apart() {
	[ -d /run/systemd/system ] && command -v systemd-run >/dev/null || return 1
	if [ "$uid" -ne 0 ] && is_lingering && in_scope --user "$@"; then return 0; fi
	in_scope --system "$@" || { [ "$uid" -ne 0 ] && in_granted_scope "$@"; }
}

in_scope() {
	manager=$1 unit=$2
	shift 2
	[ -n "${INVOCATION_ID-}" ] || set -- env -u INVOCATION_ID "$@"
	set -- "$manager" --scope --quiet --collect --no-ask-password --unit="$unit" --description='a task of Handrail' "$@"
	# Known to systemd from 253 on: without it, one process that ends for lack of memory would take all with it.
	systemd-run -p OOMPolicy=continue "$@" 2>/dev/null || systemd-run "$@" 2>/dev/null
}

# systemd-run would leave the user and the environment: root only puts a process of the user's into the scope.
in_granted_scope() {
	sh -c '
		scope=$1.scope
		shift
		sudo -n -- busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager \
			StartTransientUnit "ssa(sv)a(sa(sv))" "$scope" fail 3 Description s "a task of Handrail" PIDs au 1 $$ \
			CollectMode s inactive-or-failed 0 </dev/null >/dev/null 2>&1 || exit 1
		tries=0
		until grep -qF "/$scope" /proc/$$/cgroup; do
			tries=$((tries + 1))
			[ $tries -lt 100 ] && sleep 0.02 || exit 1
		done
		exec "$@"
	' handrail "$@"
}
