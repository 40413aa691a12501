# hold.sh BASE FOLDER GROUP SIZE [DISK]...: holds the disks and the network of one host for as long as its standard input is
# open, also while the host is without power. Runs in a mount namespace and a network namespace of its own, under flock(1).
# A DISK is `LAYOUT SIZE PATH`, that of `/` first where there is one; without, `/` is an overlay.
set -eu
umask 022
base=$1 folder=$2 group=$3 size=$4
shift 4

# What is there still was left by a run that was killed.
sh "${0%/*}/end.sh" "$group"
mkdir "/sys/fs/cgroup/$group"
mkdir -p /run/systemd/nspawn
mount -t tmpfs -o mode=755 none /run/systemd/nspawn

mount -t tmpfs -o mode=755,size="$size" none "$folder"
mkdir "$folder/upper" "$folder/work" "$folder/root" "$folder/disks"
mount -t overlay -o lowerdir="$base",upperdir="$folder/upper",workdir="$folder/work" none "$folder/root"
if [ $# -gt 0 ]; then
	mount -t tmpfs -o mode=755,size=100% none "$folder/disks"
	: >"$folder/disks/list"
	# shellcheck disable=SC2086 # three words
	for disk; do sh "${0%/*}/make-disk.sh" "$folder" "$base" $disk >&2; done
	sh "${0%/*}/mount-disks.sh" "$folder"
fi
ip link set lo up

echo held
# Its end is the end of the test, whatever kind of end.
cat >/dev/null
exec sh "${0%/*}/end.sh" "$group"
