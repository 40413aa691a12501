# boot.sh ROOT GROUP NAME: boots a host in the namespaces of hold.sh, and ends with it: 133 is a reboot, systemd-nspawn(1).
set -eu
umask 022
root=$1 group=/sys/fs/cgroup/$2 name=$3
mkdir "$group"
echo 0 >"$group/cgroup.procs"
sh "${0%/*}/mount-disks.sh" "${root%/*}"
read -r up _ </proc/uptime
# The host counts its uptime from here.
exec unshare --time --fork --boottime "-${up%.*}" --monotonic "-${up%.*}" \
	systemd-nspawn --boot --quiet --keep-unit --register=no --settings=no --link-journal=no --resolv-conf=off --timezone=off \
	--directory="$root" --machine=host --hostname="$name" --network-namespace-path=/proc/self/ns/net --console=pipe
