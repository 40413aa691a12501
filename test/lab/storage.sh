# storage.sh BASE FOLDER: makes the file tree of hosts with further disks, unless it is there already: the base, with the
# programs that copies and snapshots need. Run under flock(1).
set -eu
umask 022
base=$1 folder=$2
[ ! -d "$folder" ] || exit 0

work=$folder.new
rm -rf "$work"
cp -a "$base" "$work"
sh "${0%/*}/sources.sh" >"$work/etc/apt/sources.list"
rm -f "$work/etc/resolv.conf"
cp -L /etc/resolv.conf "$work/etc/resolv.conf"
cat >"$work/etc/dpkg/dpkg.cfg.d/lab" <<'EOT'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
EOT
chroot "$work" sh -eu <<'EOT'
export DEBIAN_FRONTEND=noninteractive
apt-get -q -o Acquire::Languages=none -o APT::Update::Error-Mode=any update
apt-get -q -y --no-install-recommends install rsync acl attr libcap2-bin btrfs-progs snapper
apt-get clean
rm -rf /var/lib/apt/lists/* /etc/resolv.conf
systemctl -q mask snapper-timeline.timer snapper-cleanup.timer snapper-boot.timer
EOT
rm "$work/etc/apt/sources.list" "$work/etc/dpkg/dpkg.cfg.d/lab"

mv "$work" "$folder"
# Those of older recipes.
find "${folder%/*}" -mindepth 1 -maxdepth 1 -type d -name "*-storage-*" -mtime +2 ! -path "$folder" -exec rm -rf {} +
touch "$folder"
