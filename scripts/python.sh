#!/bin/sh
# Prints the path of a Python that can start the project: python3, else a newer one installed beside it.
old=""
bare=""
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    path=$(command -v "$name") || continue
    if ! "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        old=${old:-$path}
        continue
    fi
    if "$path" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$path"
        exit 0
    fi
    bare=${bare:-$path}
done

if [ -n "$bare" ]; then
    echo "$bare 缺少 venv 模块：请先安装（Debian、Ubuntu：apt install python3-venv），再运行一次。" >&2
    echo "$bare lacks the venv module: install it (Debian, Ubuntu: apt install python3-venv), then run this again." >&2
elif [ -n "$old" ]; then
    version=$("$old" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
    echo "这台电脑上的 Python 是 ${version:-旧版}，协作需要 3.11 或更新：请先安装新版 Python，再运行一次。" >&2
    echo "Python here is ${version:-old}; Xiezuo needs 3.11 or newer: install a newer Python, then run this again." >&2
else
    echo "没有找到 Python：请先安装 Python 3.11 或更新版本，再运行一次。" >&2
    echo "There is no Python here: install Python 3.11 or newer, then run this again." >&2
fi
exit 1
