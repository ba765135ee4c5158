#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""imports.py NM LIBRARY [ALLOWED...]: takes nothing that prints, ends the program,
reads the environment or touches what belongs to the whole process.

Only builds without assertions are looked at: an assertion prints and aborts.
"""
import re
import subprocess
import sys

import tree

BANNED = re.compile(
    r"^_*(abort|exit|_exit|_Exit|quick_exit|atexit|assert_fail|assert"
    r"|v?printf|v?fprintf|puts|fputs|putchar|fputc|putc|perror|v?dprintf"
    r"|stdout|stderr|stdin|syslog"
    r"|setlocale|localeconv|signal|sigaction|raise|kill|s?rand(om)?"
    r"|(secure_)?getenv|setenv|putenv|unsetenv"
    r"|time|gettimeofday|localtime(_r)?|gmtime(_r)?|mktime|tzset"
    r"|strtok|v?sprintf|strcpy|strcat|stpcpy|gets|ato[ifl]|atoll|strtod"
    r"|system|popen|fork|v?fork|exec\w+|socket|connect|fopen|open|dlopen"
    r")(64)?(_chk)?$")


def main(nm, library, *allowed):
    listing = subprocess.run([nm, "-D", "--undefined-only", library],
                             check=True, capture_output=True,
                             text=True).stdout
    symbols = {row.split()[-1].split("@")[0] for row in listing.splitlines()}
    findings = [f"{symbol}: not for a library" for symbol in sorted(symbols)
                if BANNED.match(symbol)
                and symbol.removesuffix("64") not in allowed]
    tree.verdict(findings, len(symbols))


if __name__ == "__main__":
    main(*sys.argv[1:])
